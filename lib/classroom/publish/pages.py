"""What all pages share: templates, style, and how numbers and times are written."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from classroom.publish.inert import line, plain

HERE = Path(__file__).parent


def number(value: float) -> str:
    """Return a number with at most six decimals and no empty ones."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def rounded(value: float) -> str:
    """Return a number with at most two decimals."""
    return number(round(value, 2))


def percent(share: float) -> str:
    """Return a share as whole per cents."""
    return f"{100 * share:.0f} %"


def utc(moment: datetime) -> datetime:
    """Return a time in UTC; a time without a zone is taken as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def when(moment: datetime | None) -> str:
    """Return a time for readers, to the minute."""
    return "not known" if moment is None else utc(moment).strftime("%Y-%m-%d %H:%M UTC")


def render(template: str, **values: Any) -> str:
    """Return a page made from one of the templates beside this file; every value is escaped."""
    return _environment().get_template(template).render(**values)


@cache
def _environment():
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": number,
        "rounded": rounded,
        "percent": percent,
        "when": when,
        "line": line,
        "plain": plain,
    }
    environment.globals["zip"] = zip
    environment.globals["style"] = Markup((HERE / "style.css").read_text(encoding="utf-8"))
    return environment
