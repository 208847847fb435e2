"""A label at each step that depends on one step of the past."""

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.expect import expect_generator, expect_size

NO_LABEL = -100


def lag_detection(
    batch_size: int, length: int, lag: int, generator: torch.Generator
) -> tuple[Float[Tensor, "B T 1"], Int64[Tensor, "B T"]]:
    r"""Draw sequences of signs; the label of a step is the sign that came k steps before.

    .. math:: y_t = 1 \text{ if } x_{t-k} = 1 \text{, else } 0

    Where:
        x_t is -1 or +1 with equal chance, independent of all others; k is ``lag``. A model that sees
        x_t, ..., x_{t-K} can be always right if k <= K. If k > K the label is a fair coin for it, whatever
        its size: an accuracy of 1/2.

    Shape:
        x ``[B, T, 1]`` of the default dtype, y ``[B, T]`` int64, on the CPU.

    Args:
        batch_size: B, the number of sequences, at least 1.
        length: T, the number of steps, at least 1.
        lag: k, how far back the label looks, from 0 to T - 1.
        generator: a CPU generator; the same seed gives the same batches on every machine.

    Returns:
        The sequences x and the labels y. The first k steps have no step k before: their label is -100, which
        ``torch.nn.functional.cross_entropy`` leaves out by itself. Leave them out of an accuracy with
        ``y >= 0``.

    Raises:
        ValueError: a size or lag is out of range, or the generator is not on the CPU.
        TypeError: generator is not a torch.Generator.

    Example:
        >>> import torch
        >>> x, y = lag_detection(1, 5, 2, torch.Generator().manual_seed(0))
        >>> x[0, :, 0].tolist()
        [-1.0, 1.0, 1.0, -1.0, 1.0]
        >>> y[0].tolist()
        [-100, -100, 0, 1, 1]
    """
    expect_size("lag_detection", "batch_size", batch_size)
    expect_size("lag_detection", "length", length)
    expect_size("lag_detection", "lag", lag, least=0)
    if lag >= length:
        raise ValueError(f"lag_detection: lag must be below length={length}, got {lag}.")
    expect_generator("lag_detection", generator)
    bits = torch.randint(2, (batch_size, length), generator=generator)
    y = torch.full((batch_size, length), NO_LABEL)
    y[:, lag:] = bits[:, : length - lag]
    return (2 * bits - 1)[..., None].to(torch.get_default_dtype()), y
