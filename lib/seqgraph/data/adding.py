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

    Where:
        u_t is uniform on (0, 1); the marker m_t is 1 at one step of the first half and at one of the
        second half, else 0. All marked steps are equally likely inside their half. With T odd the first
        half is the shorter one.

    Shape:
        x ``[B, T, 2]``, y ``[B]``, of the default dtype, on the CPU.

    Args:
        batch_size: B, the number of sequences, at least 1.
        length: T, the number of steps, at least 2.
        generator: a CPU generator; the same seed gives the same batches on every machine.

    Returns:
        The sequences x and the sums y. Whoever always answers the mean, 1, has a mean squared error of
        Var(y) = 2/12 = 1/6: the baseline.

    Raises:
        ValueError: a size is out of range, or the generator is not on the CPU.
        TypeError: generator is not a torch.Generator.

    Source:
        [hochreiter1997lstm], experiment 4

    Differs:
        There u lies in (-1, 1), lengths vary and the marks stand closer to the start; this is the form that
        later papers use [le2015irnn].

    Example:
        >>> import torch
        >>> x, y = adding_problem(2, 6, torch.Generator().manual_seed(0))
        >>> x[:, :, 1].sum(dim=1).tolist()
        [2.0, 2.0]
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
    markers = torch.zeros(batch_size, length).scatter_(1, torch.cat([first, second], dim=1), 1.0)
    return torch.stack([values, markers], dim=-1), (values * markers).sum(dim=1)
