"""Temporal XOR: predict the next bit, where every third bit can be known."""

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.expect import expect_generator, expect_size


def temporal_xor(
    batch_size: int, length: int, generator: torch.Generator
) -> tuple[Float[Tensor, "B T 1"], Int64[Tensor, "B T"]]:
    r"""Draw sequences in which every third bit is the exclusive or (异或) of the two before it.

    .. math:: s_{3n} = s_{3n-2} \oplus s_{3n-1}, \qquad x_t = 2 s_t - 1, \qquad y_t = s_{t+1}

    Where:
        all other bits are fair coins. Nothing tells where a group of three begins: the sequence starts
        with one, and the reader must count.

    Shape:
        x ``[B, T, 1]`` of the default dtype, each -1 or 1; y ``[B, T]`` int64, each 0 or 1; on the CPU.

    Args:
        batch_size: B, the number of sequences, at least 1.
        length: T, the number of steps, at least 1.
        generator: a CPU generator; the same seed gives the same batches on every machine.

    Returns:
        The signs x and the next bits y. The bits that can be known are y_2, y_5, y_8, ...: in the code
        ``y[:, 1::3]``. For the others nothing beats a mean log loss of ln 2.

    Raises:
        ValueError: a size is out of range, or the generator is not on the CPU.
        TypeError: generator is not a torch.Generator.

    Source:
        [elman1990finding]

    Differs:
        There the bits are 0 and 1, the sequence is a single long one, and the loss is the squared error.

    Example:
        >>> import torch
        >>> x, y = temporal_xor(4, 6, torch.Generator().manual_seed(0))
        >>> torch.equal(y[:, 1], (x[:, 0, 0] != x[:, 1, 0]).long())
        True
    """
    expect_size("temporal_xor", "batch_size", batch_size)
    expect_size("temporal_xor", "length", length)
    expect_generator("temporal_xor", generator)
    groups = length // 3 + 1
    bits = torch.randint(2, (batch_size, groups, 3), generator=generator)
    bits[..., 2] = bits[..., 0] ^ bits[..., 1]
    bits = bits.flatten(1)
    return (2.0 * bits[:, :length, None] - 1).to(torch.get_default_dtype()), bits[:, 1 : length + 1]
