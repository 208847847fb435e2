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

    All other bits are fair coins. Nothing but the start tells where a group of three begins: the reader must
    count.

    Args:
        batch_size: B, at least 1.
        length: T, at least 1.
        generator: on the CPU: the same seed gives the same batches on every machine.

    Returns:
        The signs x ``[B, T, 1]`` and the next bits y ``[B, T]``. Those that can be known are y_2, y_5, ...,
        in the code ``y[:, 1::3]``. For the others nothing beats a mean log loss of ln 2.

    Source:
        [elman1990finding], with bits instead of signs, one long sequence and the squared error

    Example:
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
    return (2.0 * bits[:, :length, None] - 1).to(torch.get_default_dtype()), bits[
        :, 1 : length + 1
    ]
