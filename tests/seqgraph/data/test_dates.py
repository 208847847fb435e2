"""Dates: six forms that can be read back, and ISO."""

import re
from datetime import date, datetime, timedelta

import pytest

from seqgraph.data import dates, written_date
from tests.checks.numbers import generator

FORMS = ("%d %B %Y", "%B %d, %Y", "%d of %B %Y", "%a, %d %B %Y", "%d-%b-%Y", "%Y, %B %d")


def read(text, style):
    """Python's own reader, after the ending of an ordinal is taken away."""
    return datetime.strptime(re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", text), FORMS[style]).date()


@pytest.mark.parametrize("style", range(6))
def test_every_form_can_be_read_back(style):
    for step in range(0, 73_000, 37):
        day = date(1900, 1, 1) + timedelta(days=step)
        assert read(written_date(day, style), style) == day


def test_endings_of_all_days():
    endings = [
        re.match(r"(\d+)(\w\w) of", written_date(date(2019, 5, day), 2)).groups() for day in range(1, 32)
    ]
    special = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
    assert endings == [(str(day), special.get(day, "th")) for day in range(1, 32)]


def test_pairs_belong_together_and_all_forms_come():
    pairs, seen = dates(1200, generator()), [0] * 6
    for english, iso in pairs:
        day = date.fromisoformat(iso)
        styles = [style for style in range(6) if written_date(day, style) == english]
        assert len(styles) == 1
        seen[styles[0]] += 1
        assert date(1900, 1, 1) <= day <= date(2099, 12, 31)
    assert min(seen) > 150
    assert {iso[:2] for _, iso in pairs} == {"19", "20"}


def test_the_same_seed_gives_the_same_pairs():
    assert dates(5, generator(3)) == dates(5, generator(3))
    assert dates(5, generator(3)) != dates(5, generator(4))


@pytest.mark.errors
def test_wrong_input_is_refused():
    for style in (6, -1, True):
        with pytest.raises(ValueError, match=r"written_date: style must be a whole number in 0\.\.5, got"):
            written_date(date(2019, 5, 3), style)
    with pytest.raises(ValueError, match="dates: count must be a whole number of at least 1, got 0"):
        dates(0, generator())
    with pytest.raises(TypeError, match=r"dates: generator must be a torch\.Generator"):
        dates(1, None)
