"""A label at each step that depends on a step still to come."""

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.expect import expect_generator, expect_size

NO_LABEL = -100


def look_ahead(
    batch_size: int, length: int, ahead: int, generator: torch.Generator
) -> tuple[Float[Tensor, "B T 1"], Int64[Tensor, "B T"]]:
    r"""Draw sequences of signs; the label says whether a step has the sign of the step d later.

    .. math:: y_t = 1 \text{ if } x_t = x_{t+d} \text{, else } 0

    x_t is a fair coin, -1 or +1. Given x_1, ..., x_t the label is a fair coin too: a network that reads
    forward only stays at an accuracy of 1/2, one that also reads backward can be always right.

    Args:
        batch_size: B, at least 1.
        length: T, at least 2.
        ahead: d, how many steps ahead the label looks, from 1 to T - 1.
        generator: on the CPU: the same seed gives the same batches on every machine.

    Returns:
        x ``[B, T, 1]`` and the labels y ``[B, T]``, of which the last d are -100, as in
        :func:`lag_detection`.

    Example:
        >>> x, y = look_ahead(1, 5, 2, torch.Generator().manual_seed(0))
        >>> x[0, :, 0].tolist(), y[0].tolist()
        ([-1.0, 1.0, 1.0, -1.0, 1.0], [0, 0, 1, -100, -100])
    """
    expect_size("look_ahead", "batch_size", batch_size)
    expect_size("look_ahead", "length", length, least=2)
    expect_size("look_ahead", "ahead", ahead, most=length - 1, why=f"length={length}")
    expect_generator("look_ahead", generator)
    signs = 2 * torch.randint(2, (batch_size, length), generator=generator) - 1
    y = torch.full((batch_size, length), NO_LABEL)
    y[:, :-ahead] = (signs[:, :-ahead] == signs[:, ahead:]).long()
    return signs[..., None].to(torch.get_default_dtype()), y
