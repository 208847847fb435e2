"""A dynamical system with a closed form: an oscillator whose orbits all end on one circle."""

import math

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect, expect_generator, expect_number, expect_size

SMALLEST, LARGEST = 0.25, 1.75


def oscillator(
    start: Float[Tensor, "B 2"], length: int, time_step: float = 0.2
) -> Float[Tensor, "B T 2"]:
    r"""Follow an oscillator from given starts, ``[B, T, 2]``: a limit cycle (极限环), in closed form.

    .. math:: \dot\varrho = \varrho (1 - \varrho^2), \quad \dot\varphi = 1
        \qquad\Longrightarrow\qquad
        \varrho(\tau) = \frac{\varrho_0}{\sqrt{\varrho_0^2 + (1 - \varrho_0^2) e^{-2 \tau}}}, \quad
        \varphi(\tau) = \varphi_0 + \tau

    :math:`(\varrho, \varphi)` is the point in polar coordinates and :math:`\tau` the time: the normal form of
    a Hopf bifurcation. Every orbit but that of the origin tends to the circle of radius 1, which it goes
    round once in :math:`2 \pi`.

    Args:
        start: the points at time 0, ``[B, 2]``.
        length: T, the number of points to return, the start among them, at least 1.
        time_step: the time between two points, above 0.

    Example:
        >>> oscillator(torch.tensor([[1.0, 0.0]]), 2, time_step=math.pi / 2)[0, 1].abs().round().tolist()
        [0.0, 1.0]
    """
    expect("oscillator", "start", start, ("B", 2))
    expect_size("oscillator", "length", length)
    expect_number("oscillator", "time_step", time_step, above=0)
    tau = time_step * torch.arange(length, dtype=start.dtype, device=start.device)
    squared = start.square().sum(-1, keepdim=True)
    # The radius now by the radius at the start.
    shrink = torch.rsqrt(squared + (1 - squared) * torch.exp(-2 * tau))
    # At the origin the closed form is 0 / 0 in the long run; the point stays where it is.
    shrink = torch.where(squared > 0, shrink, 0.0)
    x, y = start[:, :1], start[:, 1:]
    cos, sin = torch.cos(tau), torch.sin(tau)
    return torch.stack(
        [shrink * (x * cos - y * sin), shrink * (x * sin + y * cos)], dim=-1
    )


def limit_cycle(
    batch_size: int, length: int, generator: torch.Generator, time_step: float = 0.2
) -> Float[Tensor, "B T 2"]:
    r"""Draw orbits ``[B, T, 2]`` of the :func:`oscillator` that start in a ring around its limit cycle.

    The radius of the start is uniform on (0.25, 1.75) and its angle uniform, so that all points of all orbits
    lie in one closed and bounded (compact) set.

    Args:
        batch_size: B, the number of orbits, at least 1.
        length: T, the number of points of each, at least 1.
        generator: on the CPU: the same seed gives the same orbits on every machine.
        time_step: the time between two points, above 0.

    Example:
        >>> limit_cycle(3, 50, torch.Generator().manual_seed(0))[:, -1].norm(dim=-1).round().tolist()
        [1.0, 1.0, 1.0]
    """
    expect_size("limit_cycle", "batch_size", batch_size)
    expect_generator("limit_cycle", generator)
    radius, turn = torch.rand(2, batch_size, generator=generator)
    radius = SMALLEST + (LARGEST - SMALLEST) * radius
    angle = 2 * math.pi * turn
    start = torch.stack([radius * torch.cos(angle), radius * torch.sin(angle)], dim=-1)
    return oscillator(start, length, time_step)
