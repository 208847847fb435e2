"""A stack of zeros and ones inside one number, and the three operations on it."""

from collections.abc import Sequence
from fractions import Fraction
from numbers import Real

from torch import Tensor

Number = Real | Tensor


def sat(value: Number) -> Number:
    r"""The saturated-linear function (饱和线性函数): the value itself between 0 and 1, cut off outside.

    .. math:: \operatorname{sat}(u) = \min(1, \max(0, u))

    Args:
        value: a number of any kind, or a tensor (element by element).

    Example:
        >>> [sat(value) for value in (-0.5, 0.25, 3.0)]
        [0.0, 0.25, 1.0]
    """
    if isinstance(value, Tensor):
        return value.clamp(0, 1)
    kind = type(value)
    return kind(0) if value <= 0 else kind(1) if value >= 1 else value


def top(stack: Number) -> Number:
    r"""The symbol on top of a stack; 0 for an empty stack.

    .. math:: \operatorname{top}(\beta) = \operatorname{sat}(4 \beta - 2)

    :math:`\beta` holds one digit in base 4 for each symbol, the top of the stack first: the digit 1 for the
    symbol 0, the digit 3 for the symbol 1, and :math:`\beta = 0` for the empty stack.

    Args:
        stack: a number of [0, 1), or a tensor of such numbers; the answer is of the same kind.

    Source:
        [siegelmann1995power], as for the other operations

    Example:
        >>> top(Fraction(13, 16))  # 0.31 in base 4: the symbols 1, 0
        Fraction(1, 1)
    """
    return sat(4 * stack - 2)


def some(stack: Number) -> Number:
    r"""Whether anything is on a stack: 1, or 0 for the empty stack.

    .. math:: \operatorname{some}(\beta) = \operatorname{sat}(4 \beta)

    Args:
        stack: as for :func:`top`.

    Example:
        >>> some(0.0), some(0.25)
        (0.0, 1.0)
    """
    return sat(4 * stack)


def pop(stack: Number) -> Number:
    r"""The stack without its top symbol, whose digit is 2 top + some; the empty stack stays empty.

    .. math:: \operatorname{pop}(\beta) = 4 \beta - 2 \operatorname{top}(\beta) - \operatorname{some}(\beta)

    Args:
        stack: as for :func:`top`.

    Example:
        >>> pop(Fraction(13, 16)), pop(Fraction(0))
        (Fraction(1, 4), Fraction(0, 1))
    """
    return 4 * stack - 2 * top(stack) - some(stack)


def push(stack: Number, symbol: Number) -> Number:
    r"""The stack with one more symbol a on top, whose digit is 2a + 1.

    .. math:: \operatorname{push}(\beta, a) = \tfrac14 \beta + \tfrac14 (2 a + 1)

    Args:
        stack: as for :func:`top`.
        symbol: a, 0 or 1, or a tensor of these.

    Example:
        >>> push(Fraction(1, 4), 1)
        Fraction(13, 16)
    """
    return (stack + 2 * symbol + 1) / 4


def stack_of(symbols: Sequence[int]) -> Fraction:
    r"""The exact number of [0, 1) that holds some symbols.

    .. math:: \beta = \sum_{k=1}^{n} \frac{2 a_k + 1}{4^k}

    Args:
        symbols: zeros and ones, the top of the stack first.

    Raises:
        ValueError: a symbol is neither 0 nor 1.

    Example:
        >>> stack_of([1, 0])
        Fraction(13, 16)
    """
    if wrong := [symbol for symbol in symbols if symbol not in (0, 1)]:
        raise ValueError(f"stack_of: symbols must be 0 or 1, got {wrong[0]!r}.")
    numerator = 0
    for symbol in symbols:
        numerator = 4 * numerator + 2 * symbol + 1
    return Fraction(numerator, 4 ** len(symbols))


def symbols_of(stack: Real, max_length: int = 1000) -> tuple[int, ...]:
    r"""The symbols, zeros and ones, that a number holds, the top of the stack first.

    Args:
        stack: a number of [0, 1]. One that is no stack (rounding may have spoilt it) is read as the nearest:
            below 1/8 it is empty, and from 5/8 on a 1 is on top.
        max_length: stop after so many symbols, at least 0; a spoilt stack may have no end.

    Example:
        >>> symbols_of(0.8125)
        (1, 0)
    """
    value, unit = stack.as_integer_ratio()  # exact, for fractions and for floats
    symbols: list[int] = []
    while 8 * value >= unit and len(symbols) < max_length:
        symbols.append(int(8 * value >= 5 * unit))
        value = min(unit, 4 * value - (2 * symbols[-1] + 1) * unit)
    return tuple(symbols)
