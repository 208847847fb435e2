"""A series that is driven from outside: the temperature of a heated room."""

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect_generator, expect_number, expect_size

GAIN, LOSS, DRAUGHT, DEAD_TIME = 1.0, 0.05, 0.15, 3
SWITCH = 0.1


def driven_room(
    batch_size: int, length: int, generator: torch.Generator, noise: float = 0.1
) -> tuple[Float[Tensor, "B T 2"], Float[Tensor, "B T"]]:
    r"""Draw records of a room with a heater and a window, both of which somebody turns on and off at random.

    .. math:: y_t = y_{t-1} + 1.0\, x_{t-3}^{(1)} - \big(0.05 + 0.15\, x_t^{(2)}\big)\, y_{t-1}
        + s\, \epsilon_t

    y_t is the temperature above the one outdoors, in degrees. x^(1) is the heater, 0 or 1, whose heat takes
    three steps to arrive; x^(2) is the window, 0 (closed) or 1 (open), which multiplies the loss: the law is
    not linear. Each of the two changes with probability 0.1 at a step; epsilon_t is standard normal. Heated,
    the room tends to 20 degrees with the window closed and to 5 with it open. The first 100 steps are thrown
    away.

    Args:
        batch_size: B, the number of records, at least 1.
        length: T, at least 1.
        generator: on the CPU: the same seed gives the same records on every machine.
        noise: s, at least 0, in degrees.

    Returns:
        The inputs x ``[B, T, 2]`` and the temperatures y ``[B, T]``. One step ahead nobody can have a mean
        squared error below s^2.

    Example:
        >>> x, y = driven_room(1, 50, torch.Generator().manual_seed(0), noise=0.0)
        >>> law = 0.95 * y[0, 19] + x[0, 17, 0] - 0.15 * x[0, 20, 1] * y[0, 19]
        >>> round((y[0, 20] - law).abs().item(), 5)
        0.0
    """
    expect_size("driven_room", "batch_size", batch_size)
    expect_size("driven_room", "length", length)
    expect_number("driven_room", "noise", noise, least=0)
    expect_generator("driven_room", generator)
    steps = length + 100
    changes = torch.rand(batch_size, steps, 2, generator=generator) < SWITCH
    x = (changes.cumsum(1) % 2).to(torch.get_default_dtype())
    shocks = noise * torch.randn(batch_size, steps, generator=generator)
    y, now = [], torch.zeros(batch_size)
    for t in range(steps):
        heat = GAIN * x[:, t - DEAD_TIME, 0] if t >= DEAD_TIME else 0.0
        now = now + heat - (LOSS + DRAUGHT * x[:, t, 1]) * now + shocks[:, t]
        y.append(now)
    return x[:, -length:], torch.stack(y, dim=1)[:, -length:]
