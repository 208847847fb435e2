"""A state defined by an equation: found by iterating, differentiated without unrolling."""

from collections.abc import Callable
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect, expect_number, expect_size

ROUNDINGS = 8  # that many roundings of the largest entry are as good as no change


class FixedPoint(NamedTuple):
    """A state that a step leaves as it is, and how it was found."""

    state: Tensor
    """The stable state, in the shape of the start."""
    steps: int
    """How often the step was applied."""
    residual: float
    """The largest absolute change in the last step."""


class NotConverged(RuntimeError):
    r"""An iteration did not come to rest: it ran out of steps, or met NaN or an infinite number.

    ``way`` is "forward" for the state and "backward" for its gradient; ``steps`` and ``residual`` say how far
    it came.

    Example:
        >>> try:
        ...     fixed_point(lambda x: 2 * x + 1, torch.zeros(1))
        ... except NotConverged as error:
        ...     error.steps, error.residual
        (128, inf)
    """

    def __init__(self, way: str, steps: int, residual: float, tolerance: float):
        super().__init__(way, steps, residual, tolerance)
        self.way, self.steps, self.residual, self.tolerance = self.args

    def __str__(self) -> str:
        what = {"forward": "state", "backward": "gradient"}[self.way]
        return (
            f"fixed_point: the {what} did not come to rest in {self.steps} steps: its last"
            f" change was {self.residual:.3g}, not within {self.tolerance:.3g}. Is the step"
            " a contraction?"
        )


def fixed_point(
    step: Callable[[Tensor], Tensor],
    start: Float[Tensor, "..."],
    tolerance: float = 1e-8,
    most: int = 200,
) -> FixedPoint:
    r"""Find a state that a step leaves as it is; its gradient is that of the equation.

    .. math:: h^* = f(h^*, w), \qquad
              \frac{\partial L}{\partial w} = u \, \frac{\partial f}{\partial w}, \quad
              u = g + u \, \frac{\partial f}{\partial h}, \quad g = \frac{\partial L}{\partial h^*}

    The first equation is solved by applying f again and again, without a graph. So is the second, for the row
    u, when the gradient is asked for; one step is kept for it, however many there were. w stands for every
    tensor that f closes over, parameters and inputs alike. If f is a contraction (压缩映射), both have one
    solution, which does not depend on the start: the start gets no gradient.

    Args:
        step: f, called with a state; the same state must give the same result.
        start: the first state, of any shape.
        tolerance: the largest change of an entry that counts as rest, above 0. In u it is a share of the
            largest entry of the gradient that came. Roundings are let through: it is never taken as less than
            8 of the largest entry, in float32 about 1e-6 of it.
        most: how many steps are tried, on either way, at least 1.

    Raises:
        NotConverged: no rest within ``most`` steps, NaN or an infinite number; on the way back too.
        RuntimeError: a second derivative is asked for, with ``create_graph=True``.

    Source:
        [almeida1987learning] [pineda1987generalization]

    Example:
        >>> w = torch.tensor(0.5, requires_grad=True)
        >>> found = fixed_point(lambda x: w * x + 1, torch.zeros(1))  # x = 1 / (1 - w)
        >>> found.state.sum().backward()
        >>> round(found.state.item(), 4), round(w.grad.item(), 4)  # 1 / (1 - w)**2
        (2.0, 4.0)
    """
    expect_number("fixed_point", "tolerance", tolerance, above=0)
    expect_size("fixed_point", "most", most)
    if not isinstance(start, Tensor) or not start.is_floating_point():
        came = start.dtype if isinstance(start, Tensor) else type(start).__name__
        raise TypeError(
            f"fixed_point: start must be a floating-point tensor, got {came}."
        )
    with torch.no_grad():
        before, found = _iterate(step, start.detach(), tolerance, most, "forward")
    # The last step once more: does anything that it closes over want a gradient?
    if not torch.is_grad_enabled() or not step(before).requires_grad:
        return found
    h = before.clone().requires_grad_()
    return found._replace(state=_Implicit.apply(step(h), h, tolerance, most))


def _iterate(
    step: Callable, h: Tensor, tolerance: float, most: int, way: str
) -> tuple[Tensor, FixedPoint]:
    """Apply a step until nothing changes: the state before the last step, and what came after it."""
    for steps in range(1, most + 1):
        new = step(h)
        expect("fixed_point", "what step returns", new, tuple(h.shape), "as the state")
        if new.dtype != h.dtype:
            raise TypeError(
                f"fixed_point: step must return {h.dtype}, got {new.dtype}."
            )
        change, size = _largest(new - h), _largest(new)
        enough = (ROUNDINGS * torch.finfo(h.dtype).eps * size).clamp(min=tolerance)
        if (change <= enough) & torch.isfinite(size):
            return h, FixedPoint(new, steps, change.item())
        if not torch.isfinite(change):
            break
        h = new
    raise NotConverged(way, steps, change.item(), tolerance)


def _largest(h: Tensor) -> Tensor:
    return h.abs().max() if h.numel() else h.new_zeros(())


class _Implicit(torch.autograd.Function):
    """Hands the stable state on; on the way back it turns the gradient g into u = g + u J."""

    @staticmethod
    def forward(ctx, new: Tensor, h: Tensor, tolerance: float, most: int) -> Tensor:
        ctx.save_for_backward(new, h)
        ctx.limits = tolerance, most
        return new.clone()

    @staticmethod
    def backward(ctx, g: Tensor):
        if torch.is_grad_enabled():
            raise RuntimeError(
                "fixed_point: only first derivatives, got create_graph=True."
            )
        new, h = ctx.saved_tensors
        size = _largest(g)
        if size == 0:
            return g, None, None, None

        def back(u: Tensor) -> Tensor:
            (product,) = torch.autograd.grad(
                new, h, u, retain_graph=True, allow_unused=True
            )
            return g / size if product is None else g / size + product

        # The same search; a gradient has no size of its own, so the largest entry is the unit.
        u = _iterate(back, g / size, *ctx.limits, "backward")[1].state
        return size * u, None, None, None
