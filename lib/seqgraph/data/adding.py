"""The adding problem: remember two numbers among many."""

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect_generator, expect_size


def adding_problem(
    batch_size: int, length: int, generator: torch.Generator
) -> tuple[Float[Tensor, "B T 2"], Float[Tensor, " B"]]:
    r"""Draw a batch of the adding problem (加法问题): the sum of the two marked numbers of a sequence.

    .. math:: x_t = (u_t, m_t), \qquad y = \sum_{t=1}^{T} m_t u_t

    u_t is uniform on (0, 1); the marker m_t is 1 at one random step of each half, else 0. With T odd the
    first half is the shorter one.

    Args:
        batch_size: B, at least 1.
        length: T, at least 2.
        generator: on the CPU: the same seed gives the same batches on every machine.

    Returns:
        x ``[B, T, 2]`` and y ``[B]``. Whoever always answers 1 has a mean squared error of Var(y) = 1/6.

    Source:
        [hochreiter1997lstm], experiment 4, in the form of [le2015irnn]: in the first u lies in (-1, 1),
        lengths vary and the marks stand closer to the start

    Example:
        >>> x, y = adding_problem(2, 6, torch.Generator().manual_seed(0))
        >>> torch.allclose((x[:, :, 0] * x[:, :, 1]).sum(dim=1), y)
        True
    """
    expect_size("adding_problem", "batch_size", batch_size)
    expect_size("adding_problem", "length", length, least=2)
    expect_generator("adding_problem", generator)
    values = torch.rand(batch_size, length, generator=generator)
    half = length // 2
    first = torch.randint(half, (batch_size, 1), generator=generator)
    second = torch.randint(half, length, (batch_size, 1), generator=generator)
    markers = torch.zeros(batch_size, length).scatter_(
        1, torch.cat([first, second], dim=1), 1.0
    )
    return torch.stack([values, markers], dim=-1), (values * markers).sum(dim=1)
