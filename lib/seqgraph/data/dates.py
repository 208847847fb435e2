"""Dates as people write them, and as machines do."""

from datetime import date

import torch

from seqgraph.core.expect import expect_generator, expect_size

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FIRST, LAST = date(1900, 1, 1), date(2099, 12, 31)
STYLES = 6


def written_date(day: date, style: int) -> str:
    r"""Write a date in one of six English forms.

    Args:
        day: the date.
        style: 0 to 5.

    Example:
        >>> [written_date(date(2019, 5, 3), style) for style in range(3)]
        ['3 May 2019', 'May 3, 2019', '3rd of May 2019']
        >>> [written_date(date(2019, 5, 3), style) for style in range(3, 6)]
        ['Fri, 3 May 2019', '03-May-2019', '2019, May 3rd']
    """
    expect_size("written_date", "style", style, least=0, most=STYLES - 1)
    number, month, year = day.day, MONTHS[day.month - 1], day.year
    suffix = (
        "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return (
        f"{number} {month} {year}",
        f"{month} {number}, {year}",
        f"{number}{suffix} of {month} {year}",
        f"{WEEKDAYS[day.weekday()]}, {number} {month} {year}",
        f"{number:02}-{month[:3]}-{year}",
        f"{year}, {month} {number}{suffix}",
    )[style]


def dates(count: int, generator: torch.Generator) -> list[tuple[str, str]]:
    r"""Draw pairs of a date in English and in ISO 8601, such as ``("3rd of May 2019", "2019-05-03")``.

    The day is drawn from 1900-01-01 to 2099-12-31, the form from the six of :func:`written_date`.

    Args:
        count: how many pairs, at least 1.
        generator: on the CPU: the same seed gives the same pairs on every machine.

    Example:
        >>> [(english, iso)] = dates(1, torch.Generator().manual_seed(0))
        >>> len(iso), iso[:4] in english
        (10, True)
    """
    expect_size("dates", "count", count)
    expect_generator("dates", generator)
    days = torch.randint(
        FIRST.toordinal(), LAST.toordinal() + 1, (count,), generator=generator
    ).tolist()
    styles = torch.randint(STYLES, (count,), generator=generator).tolist()
    drawn = [date.fromordinal(day) for day in days]
    return [
        (written_date(day, style), day.isoformat())
        for day, style in zip(drawn, styles, strict=True)
    ]
