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

    x_t is a fair coin, -1 or +1. A model that sees x_t, ..., x_{t-K} can be always right if k <= K. If k > K
    the label is a fair coin for it, whatever its size.

    Args:
        batch_size: B, at least 1.
        length: T, at least 1.
        lag: k, how far back the label looks, from 0 to T - 1.
        generator: on the CPU: the same seed gives the same batches on every machine.

    Returns:
        x ``[B, T, 1]`` and the labels y ``[B, T]``. The first k are -100, which ``cross_entropy`` leaves out
        by itself; leave them out of an accuracy with ``y >= 0``.

    Example:
        >>> x, y = lag_detection(1, 5, 2, torch.Generator().manual_seed(0))
        >>> x[0, :, 0].tolist(), y[0].tolist()
        ([-1.0, 1.0, 1.0, -1.0, 1.0], [-100, -100, 0, 1, 1])
    """
    expect_size("lag_detection", "batch_size", batch_size)
    expect_size("lag_detection", "length", length)
    expect_size(
        "lag_detection", "lag", lag, least=0, most=length - 1, why=f"length={length}"
    )
    expect_generator("lag_detection", generator)
    bits = torch.randint(2, (batch_size, length), generator=generator)
    y = torch.full((batch_size, length), NO_LABEL)
    y[:, lag:] = bits[:, : length - lag]
    return (2 * bits - 1)[..., None].to(torch.get_default_dtype()), y
