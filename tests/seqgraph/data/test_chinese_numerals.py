"""The writer of numerals against a reader that knows nothing of it."""

import pytest
import torch

from seqgraph.data import chinese_numerals, to_chinese
from tests.checks.numbers import generator

DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")}
UNIT = {"十": 10, "百": 100, "千": 1000}
GROUP = {"万": 10**4, "亿": 10**8}


def read(numeral):
    """Left to right: a digit waits for its unit, a section for its group."""
    total = section = digit = 0
    for place, symbol in enumerate(numeral):
        if symbol in DIGIT:
            digit = DIGIT[symbol]
        elif symbol in UNIT:
            section += (1 if place == 0 else digit) * UNIT[symbol]
            digit = 0
        else:
            total += (section + digit) * GROUP[symbol]
            section = digit = 0
    return total + section + digit


def numbers(count):
    drawn = torch.randint(1, 13, (count,), generator=generator()).tolist()
    values = torch.rand(count, generator=generator(1), dtype=torch.float64).tolist()
    return [int(value * 10**digits) for digits, value in zip(drawn, values, strict=True)]


def test_the_reader_reads_20000_numerals():
    some = [*range(10_001), *numbers(10_000)]
    assert len(some) > 20_000
    assert [number for number in some if read(to_chinese(number)) != number] == []


def test_the_reader_reads_numbers_with_many_zeros():
    patterns = [int("".join(str(9 * (bits >> k & 1)) for k in range(12))) for bits in range(2**12)]
    assert [number for number in patterns if read(to_chinese(number)) != number] == []


def test_the_form_is_the_plain_one():
    for number in [*range(10_001), *numbers(5000)]:
        numeral = to_chinese(number)
        assert "零零" not in numeral
        assert number == 0 or not numeral.endswith("零")
        assert not numeral.startswith("一十")
        assert set(numeral) <= set(DIGIT) | set(UNIT) | set(GROUP)


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (0, "零"),
        (7, "七"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1003, "一千零三"),
        (1030, "一千零三十"),
        (10_012, "一万零一十二"),
        (40_305, "四万零三百零五"),
        (101_000, "十万一千"),
        (100_010, "十万零一十"),
        (2_000_300, "二百万零三百"),
        (50_600_070, "五千零六十万零七十"),
        (100_000_000, "一亿"),
        (100_010_000, "一亿零一万"),
        (100_000_010, "一亿零一十"),
        (123_456_789, "一亿二千三百四十五万六千七百八十九"),
        (999_999_999_999, "九千九百九十九亿九千九百九十九万九千九百九十九"),
    ],
)
def test_numerals_that_a_person_wrote(number, numeral):
    assert to_chinese(number) == numeral


def test_pairs_belong_together_and_their_lengths_are_drawn_alike():
    pairs = chinese_numerals(8000, 8, generator())
    assert all(to_chinese(int(number)) == numeral for number, numeral in pairs)
    counts = torch.tensor([len(number) for number, _ in pairs]).bincount()[1:]
    assert counts.shape == (8,)
    assert (counts / 8000 - 1 / 8).abs().max() < 0.02


@pytest.mark.parametrize("digits", [1, 4, 9, 12])
def test_numbers_of_one_length_fill_their_range(digits):
    values = [int(number) for number, _ in chinese_numerals(3000, digits, generator(), min_digits=digits)]
    assert all(10 ** (digits - 1) <= value < 10**digits for value in values)
    leading = torch.tensor([int(str(value)[0]) for value in values]).bincount(minlength=10)[1:]
    assert (leading / 3000 - 1 / 9).abs().max() < 0.03


def test_the_same_seed_gives_the_same_pairs():
    assert chinese_numerals(5, 8, generator(3)) == chinese_numerals(5, 8, generator(3))
    assert chinese_numerals(5, 8, generator(3)) != chinese_numerals(5, 8, generator(4))


@pytest.mark.errors
@pytest.mark.parametrize("number", [-1, 10**12, 1.0, True])
def test_numbers_out_of_range_are_refused(number):
    with pytest.raises(ValueError, match=r"to_chinese: number must be a whole number in 0\.\.999999999999"):
        to_chinese(number)


@pytest.mark.errors
def test_wrong_sizes_are_refused():
    with pytest.raises(ValueError, match="count must be a whole number of at least 1, got 0"):
        chinese_numerals(0, 8, generator())
    with pytest.raises(ValueError, match=r"max_digits must be a whole number in 1..12 \(12 digits\), got 13"):
        chinese_numerals(5, 13, generator())
    with pytest.raises(ValueError, match=r"min_digits must be a whole number in 1..4 \(max_digits\), got 5"):
        chinese_numerals(5, 4, generator(), min_digits=5)
    with pytest.raises(TypeError, match=r"generator must be a torch\.Generator"):
        chinese_numerals(5, 4, 0)
