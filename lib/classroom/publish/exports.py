"""The class's points as tables: one of our own, and those that Canvas and Moodle import."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from classroom.publish.canvas import write_canvas
from classroom.publish.moodle import write_moodle
from classroom.publish.pages import number, utc
from classroom.publish.tables import Exported, by_student, safe, write_table

__all__ = ["write_canvas", "write_csv", "write_moodle"]


def write_csv(assignment: Any, rows: Iterable[Any], path: Path) -> Exported:
    """Write one line a student: points, points of each test, reasons, file and version."""
    tests = [test.id for task in assignment.tasks for test in task.tests]
    students = by_student(rows)
    head = ["student", "points", "max", "status", *tests, "reason", "received", "sha", "version"]
    lines = [_line(assignment, tests, row) for row in students.values()]
    write_table(path, [head, *lines])
    return Exported(path, len(students))


def _line(assignment: Any, tests: list[str], row: Any) -> list[str]:
    outcome = row.outcome
    got = {test.test: test.points for test in outcome.tests}
    reasons = [f"{test.test}: {test.reason}" for test in outcome.tests if test.reason]
    reason = "; ".join(reasons) if outcome.status == "graded" else outcome.reason
    return [
        safe(row.student),
        number(outcome.points),
        number(assignment.max_points),
        outcome.status,
        *(number(got.get(test, 0.0)) for test in tests),
        safe(reason),
        utc(row.received).isoformat(timespec="seconds"),
        row.sha,
        assignment.version,
    ]
