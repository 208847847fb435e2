"""The judge of every gradient: push each weight a little and look at the loss."""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor

from seqgraph.core.expect import expect_number


@torch.no_grad()
def finite_differences(
    loss: Callable[[], Tensor], parameters: Iterable[Tensor], epsilon: float = 1e-6
) -> list[Tensor]:
    r"""Estimate a gradient by central finite differences (有限差分), one tensor for each parameter.

    .. math::
        \frac{\partial L}{\partial \theta_i} \approx
        \frac{L(\theta_i + \varepsilon) - L(\theta_i - \varepsilon)}{2 \varepsilon}

    The error is of the order of epsilon^2, plus the rounding error of L divided by epsilon. In float64 an
    epsilon of 1e-6 leaves about nine digits of a gradient of the size of L.

    Args:
        loss: called without arguments; returns one number that depends on the parameters.
        parameters: tensors of float64. They are changed in place, one entry at a time, and put back.
        epsilon: the size of the push, above 0.

    Raises:
        ValueError: epsilon is not a number above 0, or loss does not return one number.
        TypeError: a parameter is not of float64: a smaller kind leaves too few digits.

    Example:
        >>> w = torch.tensor([1.0, 3.0], dtype=torch.float64)
        >>> [slope] = finite_differences(lambda: (w ** 2).sum(), [w])
        >>> [round(value, 6) for value in slope.tolist()]
        [2.0, 6.0]
    """
    expect_number("finite_differences", "epsilon", epsilon, above=0)
    slopes = []
    for parameter in parameters:
        if parameter.dtype != torch.float64:
            raise TypeError(
                f"finite_differences: parameters must be torch.float64, got {parameter.dtype}."
            )
        slope = torch.zeros_like(parameter)
        for place in range(parameter.numel()):
            above = _pushed(loss, parameter, place, epsilon)
            slope.view(-1)[place] = (
                above - _pushed(loss, parameter, place, -epsilon)
            ) / (2 * epsilon)
        slopes.append(slope)
    return slopes


def _pushed(
    loss: Callable[[], Tensor], parameter: Tensor, place: int, by: float
) -> float:
    """The loss with one entry pushed; the entry is put back to exactly what it was."""
    entries = parameter.detach().view(-1)
    before = entries[place].clone()
    entries[place] += by
    try:
        value = torch.as_tensor(loss())
    finally:
        entries[place] = before
    if value.numel() != 1:
        raise ValueError(
            f"finite_differences: loss must return one number, got shape {list(value.shape)}."
        )
    return value.item()
