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

    Returns:
        The text, such as ``"May 3, 2019"``.

    Raises:
        ValueError: style is not in 0..5.

    Example:
        >>> from datetime import date
        >>> for style in range(6):
        ...     print(written_date(date(2019, 5, 3), style))
        3 May 2019
        May 3, 2019
        3rd of May 2019
        Fri, 3 May 2019
        03-May-2019
        2019, May 3rd
    """
    if isinstance(style, bool) or style not in range(STYLES):
        raise ValueError(f"written_date: style must be in 0..{STYLES - 1}, got {style!r}.")
    number, month, year = day.day, MONTHS[day.month - 1], day.year
    suffix = "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return (
        f"{number} {month} {year}",
        f"{month} {number}, {year}",
        f"{number}{suffix} of {month} {year}",
        f"{WEEKDAYS[day.weekday()]}, {number} {month} {year}",
        f"{number:02}-{month[:3]}-{year}",
        f"{year}, {month} {number}{suffix}",
    )[style]


def dates(count: int, generator: torch.Generator) -> list[tuple[str, str]]:
    r"""Draw pairs of a date in English and the same date as year, month, day (ISO 8601).

    Where:
        the day is drawn from 1900-01-01 to 2099-12-31 and the form from the six of :func:`written_date`, all
        alike.

    Args:
        count: how many pairs, at least 1.
        generator: a CPU generator; the same seed gives the same pairs on every machine.

    Returns:
        Pairs such as ``("3rd of May 2019", "2019-05-03")``.

    Raises:
        ValueError: count is below 1, or the generator is not on the CPU.
        TypeError: generator is not a torch.Generator.

    Example:
        >>> import torch
        >>> [(english, iso)] = dates(1, torch.Generator().manual_seed(0))
        >>> len(iso), iso[:4] in english
        (10, True)
    """
    expect_size("dates", "count", count)
    expect_generator("dates", generator)
    days = torch.randint(FIRST.toordinal(), LAST.toordinal() + 1, (count,), generator=generator).tolist()
    styles = torch.randint(STYLES, (count,), generator=generator).tolist()
    drawn = [date.fromordinal(day) for day in days]
    return [(written_date(day, style), day.isoformat()) for day, style in zip(drawn, styles, strict=True)]
