"""Statements that a page makes, checked each time the page is built."""

from collections.abc import Mapping
from numbers import Integral, Real

from seqgraph.show.margin import record


def check(
    statement: str,
    measured,
    *,
    below=None,
    above=None,
    between=None,
    each: str = "seeds",
) -> None:
    r"""Print a statement after making sure that it is true.

    The printed line holds the bound and not the measured number, so that it is the same on every machine.

    Args:
        statement: what is claimed, in words.
        measured: with a bound, a number or several (list, tensor, array, mapping), NaN never passing; without
            one, a truth value or several. All of them must pass.
        below: upper bound, not reached.
        above: lower bound, not reached.
        between: pair of bounds, both allowed.
        each: what several measured values are, in the plural.

    Raises:
        AssertionError: the statement is not true; the message holds the measured values.
        ValueError: nothing was measured, or two bounds were given.
        TypeError: a number came without a bound, or a truth value with one.

    Example:
        >>> check("GRU: test MSE", [0.004, 0.002, 0.007], below=0.01)
        ✓ GRU: test MSE < 0.01 (3 of 3 seeds)
        >>> check("both orders give the same sum", 1 + 2 == 2 + 1)
        ✓ both orders give the same sum
    """
    values = _flat(measured)
    if not values:
        raise ValueError(f"check({statement!r}): nothing was measured.")
    claim, passes = _claim(statement, below, above, between)
    wanted = bool if passes is _is_true else float
    if any(type(value) is not wanted for value in values):
        hint = (
            "give below=, above= or between="
            if wanted is bool
            else "a truth value takes no bound"
        )
        raise TypeError(
            f"check({statement!r}): expected {wanted.__name__} values, {hint}."
        )
    good = sum(passes(value) for value in values)
    if good < len(values):
        came = ", ".join(
            f"{value:.4g}" if wanted is float else str(value) for value in values
        )
        raise AssertionError(f"✗ {claim}: measured {came}")
    bounds = {"below": below, "above": above, "between": between}
    record(
        claim,
        {kind: bound for kind, bound in bounds.items() if bound is not None},
        values,
    )
    print(f"✓ {claim}" + (f" ({good} of {good} {each})" if len(values) > 1 else ""))


def rounded(x, digits: int = 3, zero: float = 0.0):
    r"""Round numbers to a few significant digits, to print the same text on every machine.

    Args:
        x: a number, tensor, array, or a list, tuple or mapping of these, which stay nested. Integers and
            truth values stay.
        digits: significant digits, at least 1.
        zero: numbers whose size is at most this become 0.0; use it for rounding noise.

    Raises:
        ValueError: ``digits`` is below 1.

    Example:
        >>> rounded([0.123456, -0.0, 12345.6]), rounded({"norm": 1e-17}, zero=1e-12)
        ([0.123, 0.0, 12300.0], {'norm': 0.0})
    """
    if digits < 1:
        raise ValueError(f"rounded: digits must be at least 1, got {digits}.")
    if hasattr(x, "tolist"):
        x = x.tolist()
    if isinstance(x, Mapping):
        return {key: rounded(value, digits, zero) for key, value in x.items()}
    if isinstance(x, list | tuple):
        return type(x)(rounded(value, digits, zero) for value in x)
    if isinstance(x, Integral) or not isinstance(x, Real):
        return x
    if abs(x) <= zero:
        return 0.0
    return float(f"{x:.{digits}g}") + 0.0


def _flat(measured) -> list:
    """Return truth values as bool and numbers as float, in one list."""
    if hasattr(measured, "tolist"):
        measured = measured.tolist()
    if isinstance(measured, Mapping):
        measured = list(measured.values())
    if isinstance(measured, str) or not hasattr(measured, "__iter__"):
        return [
            measured
            if isinstance(measured, bool) or not isinstance(measured, Real)
            else float(measured)
        ]
    return [value for item in measured for value in _flat(item)]


def _claim(statement: str, below, above, between):
    if sum(bound is not None for bound in (below, above, between)) > 1:
        raise ValueError(
            f"check({statement!r}): give one of below=, above= and between=."
        )
    if below is not None:
        return f"{statement} < {below:g}", lambda value: value < below
    if above is not None:
        return f"{statement} > {above:g}", lambda value: value > above
    if between is not None:
        low, high = between
        return f"{statement} in [{low:g}, {high:g}]", lambda value: low <= value <= high
    return statement, _is_true


def _is_true(value) -> bool:
    return value is True
