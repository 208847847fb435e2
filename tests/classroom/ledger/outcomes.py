"""Outcomes and moments for the tests of the ledger."""

from datetime import UTC, datetime, timedelta

from classroom.outcome import CellOutput, Outcome, TestResult

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
# What students print and databases refuse: NUL, half a character; and what they keep only as it is.
ODD = "a\0b \ud800 é 李 \u202e 🙂 '; DROP TABLE ledger_result; --"


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def graded(*points: float, text: str = "") -> Outcome:
    """Return an outcome with one test of 2 points for each figure."""
    tests = tuple(
        TestResult(f"task{n}-values", f"task{n}", got, 2.0, "" if got == 2.0 else f"lost {text}", text)
        for n, got in enumerate(points)
    )
    return Outcome("graded", f"graded {text}", tests, (CellOutput(3, text, text),), 0.1 + 0.2)


REFUSED = Outcome("refused", "no JSON", ())
