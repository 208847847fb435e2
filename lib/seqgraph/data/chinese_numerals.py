"""Numbers in digits and in Chinese characters."""

import torch

from seqgraph.core.expect import expect_generator, expect_size

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
GROUPS = ("", "万", "亿")
MAX_DIGITS = 12


def to_chinese(number: int) -> str:
    r"""Write a whole number as a Chinese numeral (中文数字), in the plain written form.

    Digits are taken in groups of four. Inside a group the places are 千 (thousand), 百 (hundred), 十 (ten)
    and one; behind a group stands 亿 (10^8) or 万 (10^4). Zeros are not written, but where some were left out
    between two digits that are, one 零 marks the gap. Ten to nineteen at the very start are written without
    the leading one: 十二, not 一十二.

    Args:
        number: a whole number from 0 to 10^12 - 1.

    Example:
        >>> to_chinese(40305), to_chinese(12), to_chinese(100_000_010)
        ('四万零三百零五', '十二', '一亿零一十')
    """
    expect_size("to_chinese", "number", number, least=0, most=10**MAX_DIGITS - 1)
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
    count: int, max_digits: int, generator: torch.Generator, min_digits: int = 1
) -> list[tuple[str, str]]:
    r"""Draw pairs of a number in digits and as a Chinese numeral, such as ``("305", "三百零五")``.

    First the number of digits is drawn, all alike, then a number with so many digits, all alike.

    Args:
        count: how many pairs, at least 1.
        max_digits: digits at most, 1 to 12.
        generator: on the CPU: the same seed gives the same pairs on every machine.
        min_digits: digits at least, from 1 to max_digits.

    Example:
        >>> [(number, numeral)] = chinese_numerals(1, 4, torch.Generator().manual_seed(0), min_digits=4)
        >>> len(number), to_chinese(int(number)) == numeral
        (4, True)
    """
    expect_size("chinese_numerals", "count", count)
    expect_size(
        "chinese_numerals", "max_digits", max_digits, most=MAX_DIGITS, why="12 digits"
    )
    expect_size(
        "chinese_numerals", "min_digits", min_digits, most=max_digits, why="max_digits"
    )
    expect_generator("chinese_numerals", generator)
    lengths = torch.randint(
        min_digits, max_digits + 1, (count,), generator=generator
    ).tolist()
    parts = torch.rand(count, generator=generator, dtype=torch.float64).tolist()
    numbers = [
        10 ** (n - 1) + int(part * 9 * 10 ** (n - 1))
        for n, part in zip(lengths, parts, strict=True)
    ]
    return [(str(number), to_chinese(number)) for number in numbers]
