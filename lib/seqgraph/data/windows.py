"""From one long series to many short sequences."""

from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect, expect_size


def windows(series: Float[Tensor, " N"], length: int) -> tuple[Float[Tensor, "B T 1"], Float[Tensor, " B"]]:
    r"""Cut a series into all its windows of T values, each with the value that comes next.

    .. math:: x_{b,t} = s_{b+t}, \qquad y_b = s_{b+T}

    Where:
        s is the series of N values, counted from 0 like b = 0, ..., N - T - 1 and t = 0, ..., T - 1.

    Shape:
        series ``[N]``; x ``[N - T, T, 1]``, y ``[N - T]``.

    Args:
        series: the values in order. NaN stays where it is: it shows in every window that holds it.
        length: T, the number of steps of a window, from 1 to N - 1.

    Returns:
        The windows x and the next values y.

    Raises:
        ShapeError: series has not one axis, or is empty.
        ValueError: length is out of range.
        TypeError: series is not a tensor.

    Example:
        >>> import torch
        >>> x, y = windows(torch.tensor([1.0, 2.0, 3.0, 4.0]), 2)
        >>> x[..., 0].tolist(), y.tolist()
        ([[1.0, 2.0], [2.0, 3.0]], [3.0, 4.0])
    """
    expect("windows", "series", series, ("N",))
    expect_size("windows", "length", length, most=len(series) - 1, why=f"{len(series)} values")
    return series[:-1].unfold(0, length, 1)[..., None].clone(), series[length:].clone()
