"""Checks of what a user hands in, with errors that say what was expected and what came."""

from numbers import Real

import torch
from torch import Tensor


class ShapeError(ValueError):
    r"""A tensor arrived with the wrong shape.

    Source:
        this course

    Example:
        >>> import torch
        >>> from seqgraph.core import expect
        >>> expect("SRNCell", "x", torch.zeros(2, 7), ("B", 3), "input_size=3")
        Traceback (most recent call last):
        seqgraph.core.shapes.ShapeError: SRNCell: x must have shape [B, 3] (input_size=3), got [2, 7].
    """


def expect(who: str, name: str, value: Tensor, shape: tuple[int | str, ...], why: str = "") -> None:
    r"""Raise a readable error unless a tensor has the given shape.

    Args:
        who: the class or function that asks, as the reader of the error knows it.
        name: the argument's name.
        value: what came.
        shape: one entry an axis; an integer must be met exactly, a letter stands for any size above 0.
        why: which hyperparameter fixes the sizes, such as ``"input_size=3"``.

    Returns:
        None. The check passed.

    Raises:
        TypeError: ``value`` is not a tensor.
        ShapeError: the number of axes or a size differs, or an axis is empty.

    Source:
        this course

    Example:
        >>> import torch
        >>> expect("Recurrent", "x", torch.zeros(2, 5, 3), ("B", "T", 3))
    """
    if not isinstance(value, Tensor):
        raise TypeError(f"{who}: {name} must be a torch.Tensor, got {type(value).__name__}.")
    fits = value.dim() == len(shape) and all(
        size > 0 if isinstance(want, str) else size == want
        for size, want in zip(value.shape, shape, strict=True)
    )
    if not fits:
        wanted = ", ".join(str(size) for size in shape)
        reason = f" ({why})" if why else ""
        empty = " No axis may be empty." if 0 in value.shape else ""
        came = list(value.shape)
        raise ShapeError(f"{who}: {name} must have shape [{wanted}]{reason}, got {came}.{empty}")


def expect_dtype(who: str, name: str, value: Tensor, dtype: torch.dtype) -> None:
    """Raise TypeError unless a tensor has the dtype of the weights that it will meet."""
    if value.dtype != dtype:
        raise TypeError(f"{who}: {name} must be {dtype} like the weights, got {value.dtype}.")


def expect_size(who: str, name: str, value: int) -> int:
    """Return a size or raise ValueError unless it is a whole number of at least 1."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"{who}: {name} must be a whole number of at least 1, got {value!r}.")
    return value


def expect_number(who: str, name: str, value: float, allowed: str, holds: bool) -> float:
    """Return a number or raise ValueError that names the allowed range (NaN never holds)."""
    if isinstance(value, bool) or not isinstance(value, Real) or not holds:
        raise ValueError(f"{who}: {name} must be {allowed}, got {value!r}.")
    return float(value)
