"""Numbers in digits and in Chinese characters."""

import torch

from seqgraph.core.expect import expect_generator, expect_size

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
GROUPS = ("", "万", "亿")
MOST_DIGITS = 12


def to_chinese(number: int) -> str:
    r"""Write a whole number as a Chinese numeral (中文数字).

    Where:
        digits are taken in groups of four. Inside a group the places are 千 (thousand), 百 (hundred), 十
        (ten) and one; behind a group stands 亿 (10^8) or 万 (10^4). Zeros are not written, but where some
        were left out between two digits that are, one 零 marks the gap. Ten to nineteen at the very start
        are written without the leading one: 十二, not 一十二.

    Args:
        number: a whole number from 0 to 10^12 - 1.

    Returns:
        The numeral.

    Raises:
        ValueError: the number is out of range.

    Differs:
        Speakers also say 两 for 二 before 千, 万 and 亿, and some read a gap of 千 after 万 with 零. This is
        the plain written form.

    Example:
        >>> to_chinese(40305), to_chinese(12), to_chinese(100_000_010)
        ('四万零三百零五', '十二', '一亿零一十')
    """
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 10**MOST_DIGITS:
        raise ValueError(f"to_chinese: number must be a whole number in 0..10^12 - 1, got {number!r}.")
    if number == 0:
        return DIGITS[0]
    written, gap = "", False
    for group in (2, 1, 0):
        value = number // 10_000**group % 10_000
        if value:
            before = "零" if written and (gap or value < 1000) else ""
            written += before + _below_ten_thousand(value) + GROUPS[group]
        gap = not value
    return written.removeprefix("一") if written.startswith("一十") else written


def _below_ten_thousand(value: int) -> str:
    written, gap = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            written += ("零" if written and gap else "") + DIGITS[digit] + PLACES[place]
        gap = not digit
    return written


def chinese_numerals(
    count: int, most_digits: int, generator: torch.Generator, least_digits: int = 1
) -> list[tuple[str, str]]:
    r"""Draw pairs of a number in digits and the same number as a Chinese numeral.

    Where:
        first the number of digits is drawn, all alike, then a number with so many digits, all alike. (So
        short numbers come again and again; the number 0 is not among them.)

    Args:
        count: how many pairs, at least 1.
        most_digits: digits at most, 1 to 12.
        generator: a CPU generator; the same seed gives the same pairs on every machine.
        least_digits: digits at least, from 1 to most_digits.

    Returns:
        Pairs such as ``("305", "三百零五")``.

    Raises:
        ValueError: a size is out of range, or the generator is not on the CPU.
        TypeError: generator is not a torch.Generator.

    Example:
        >>> import torch
        >>> pairs = chinese_numerals(3, 4, torch.Generator().manual_seed(0), least_digits=4)
        >>> all(len(number) == 4 and to_chinese(int(number)) == numeral for number, numeral in pairs)
        True
    """
    expect_size("chinese_numerals", "count", count)
    expect_size("chinese_numerals", "most_digits", most_digits, most=MOST_DIGITS, why="12 digits")
    expect_size("chinese_numerals", "least_digits", least_digits, most=most_digits, why="most_digits")
    expect_generator("chinese_numerals", generator)
    lengths = torch.randint(least_digits, most_digits + 1, (count,), generator=generator).tolist()
    parts = torch.rand(count, generator=generator, dtype=torch.float64).tolist()
    numbers = [10 ** (n - 1) + int(part * 9 * 10 ** (n - 1)) for n, part in zip(lengths, parts, strict=True)]
    return [(str(number), to_chinese(number)) for number in numbers]
