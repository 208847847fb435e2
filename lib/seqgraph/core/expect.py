"""Checks of what a user hands in, with errors that say what was expected and what came."""

import math
from numbers import Real

import torch
from torch import Tensor

from seqgraph.core.autocast import autocast_dtype

WHOLE = (torch.int64, torch.int32)


class ShapeError(ValueError):
    r"""A tensor arrived with the wrong shape.

    Example:
        >>> expect("SRNCell", "x", torch.zeros(2, 7), ("B", 3), "input_size=3")
        Traceback (most recent call last):
        seqgraph.core.expect.ShapeError: SRNCell: x must have shape [B, 3] (input_size=3), got [2, 7].
    """


def expect(
    who: str, name: str, value: Tensor, shape: tuple[int | str, ...], why: str = ""
) -> None:
    r"""Raise a readable error unless a tensor has the given shape.

    Args:
        who: the class or function that asks, as the reader of the error knows it.
        name: the argument's name.
        value: what came.
        shape: one entry an axis; an integer must be met exactly, a letter stands for any size above 0, and a
            letter with a star, such as ``"E*"``, for 0 too.
        why: which hyperparameter fixes the sizes, such as ``"input_size=3"``.

    Raises:
        TypeError: ``value`` is not a tensor.
        ShapeError: the number of axes or a size differs, or an axis is empty that may not be.

    Example:
        >>> expect("Recurrent", "x", torch.zeros(2, 5, 3), ("B", "T", 3))
        >>> expect("GraphConv", "edge_index", torch.zeros(2, 0), (2, "E*"))
    """
    if not isinstance(value, Tensor):
        raise TypeError(
            f"{who}: {name} must be a torch.Tensor, got {type(value).__name__}."
        )
    if value.dim() == len(shape) and all(map(_fits, value.shape, shape)):
        return
    wanted = ", ".join(str(size).rstrip("*") for size in shape)
    reason = f" ({why})" if why else ""
    empty = (
        " No axis may be empty." if 0 in value.shape and "*" not in str(shape) else ""
    )
    raise ShapeError(
        f"{who}: {name} must have shape [{wanted}]{reason}, got {list(value.shape)}.{empty}"
    )


def expect_dtype(who: str, name: str, value: Tensor, dtype: torch.dtype) -> Tensor:
    """Return a tensor in the dtype of its weights or raise TypeError; only under autocast may it change."""
    if value.dtype == dtype:
        return value
    if {value.dtype, dtype} == {torch.float32, autocast_dtype(value)}:
        return value.to(dtype)
    raise TypeError(
        f"{who}: {name} must be {dtype} like the weights, got {value.dtype}."
    )


def expect_size(
    who: str,
    name: str,
    value: int,
    least: int = 1,
    most: int | None = None,
    why: str = "",
) -> int:
    """Return a size or raise ValueError unless it is a whole number from ``least`` to ``most``."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    if whole and value >= least and (most is None or value <= most):
        return value
    allowed = f"of at least {least}" if most is None else f"in {least}..{most}"
    reason = f" ({why})" if why else ""
    raise ValueError(
        f"{who}: {name} must be a whole number {allowed}{reason}, got {value!r}."
    )


def expect_number(
    who: str,
    name: str,
    value: float,
    above: float | None = None,
    least: float | None = None,
    below: float | None = None,
    most: float | None = None,
) -> float:
    """Return a finite number or raise ValueError that names the allowed range."""
    if isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value):
        low = (above is None or value > above) and (least is None or value >= least)
        if low and (below is None or value < below) and (most is None or value <= most):
            return float(value)
    raise ValueError(
        f"{who}: {name} must be {_range(above, least, below, most)}, got {value!r}."
    )


def expect_probability(who: str, name: str, value: float) -> float:
    """Return a probability of dropping something or raise ValueError unless it lies in [0, 1)."""
    try:
        return expect_number(who, name, value, least=0, below=1)
    except ValueError:
        raise ValueError(
            f"{who}: {name} must be a probability in [0, 1), got {value!r}."
        ) from None


def expect_finite(who: str, name: str, value: Tensor) -> None:
    """Raise ValueError if a value is NaN or infinite: it would spread to every result without a word."""
    bad = int((~torch.isfinite(value)).sum())
    if bad:
        raise ValueError(
            f"{who}: {name} must be finite, got {bad} values that are NaN or infinite."
        )


def expect_indices(who: str, name: str, value: Tensor, size: int) -> Tensor:
    """Return indices or raise unless they are whole numbers in 0..size-1."""
    if not isinstance(value, Tensor):
        raise TypeError(
            f"{who}: {name} must be a torch.Tensor, got {type(value).__name__}."
        )
    if value.dtype not in WHOLE:
        raise TypeError(f"{who}: {name} must be int64 or int32, got {value.dtype}.")
    if value.numel() and not 0 <= int(value.min()) <= int(value.max()) < size:
        came = f"{int(value.min())}..{int(value.max())}"
        raise ValueError(f"{who}: {name} must lie in 0..{size - 1}, got {came}.")
    return value


def expect_generator(who: str, generator: torch.Generator) -> torch.Generator:
    """Return a generator or raise unless it draws on the CPU, where every machine draws the same numbers."""
    if not isinstance(generator, torch.Generator):
        raise TypeError(
            f"{who}: generator must be a torch.Generator, got {type(generator).__name__}."
        )
    if generator.device.type != "cpu":
        raise ValueError(
            f"{who}: generator must be on the CPU, got one on {generator.device}."
        )
    return generator


def _fits(size: int, want: int | str) -> bool:
    return size == want if isinstance(want, int) else size > 0 or want.endswith("*")


def _range(
    above: float | None, least: float | None, below: float | None, most: float | None
) -> str:
    low, high = above if least is None else least, below if most is None else most
    if low is not None and high is not None:
        return f"a number in {'(' if least is None else '['}{low:g}, {high:g}{')' if most is None else ']'}"
    if low is not None:
        return f"a finite number {'above' if least is None else 'of at least'} {low:g}"
    if high is not None:
        return f"a finite number {'below' if most is None else 'of at most'} {high:g}"
    return "a finite number"
