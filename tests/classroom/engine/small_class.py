"""A class of one small task, whose every score is known."""

import json
from pathlib import Path

from tests.classroom.author.source_maker import cell, given, graded, save, solution

SECRET = b"the secret of a small course"
ABOUT = "title: T\nlimits: {cell_seconds: 5}\ntasks:\n  f: {chapter: c, minutes: 1, level: 1}\n"
TEST = """check.equal("twice", f(3), 6)
### BEGIN HIDDEN TESTS
check.equal("big", f(10**6), 2 * 10**6)
### END HIDDEN TESTS"""
STUDENTS = 60
# Right, right for the public check only, wrong, an error: one after another.
ANSWERS = ("2 * x", "6", "x", "1 / 0")
POINTS = ((1.0, 2.0), (1.0, 0.0), (0.0, 0.0), (0.0, 0.0))


def submission(body: str, remark: str = "") -> bytes:
    """Return a notebook whose ``f(x)`` returns ``body``."""
    cells = [cell("code", f"def f(x):\n    return {body}  # {remark}", "f", solution=True)]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def write_class(folder: Path, students: int = STUDENTS) -> Path:
    """Write the assignment, the secret and the submissions into a folder; return the exercises' folder."""
    made = [
        given("tools", "from classroom.checks import check, student"),
        solution("f", "### BEGIN SOLUTION\ndef f(x):\n    return 2 * x\n### END SOLUTION"),
        graded("f-public", 'check.equal("twice", f(3), 6)', 1),
        graded("f-values", TEST, 2),
    ]
    (folder / "submitted").mkdir()
    (folder / "secret").write_bytes(SECRET)
    for number in range(students):
        name = folder / "submitted" / f"student{number:03}.ipynb"
        name.write_bytes(submission(ANSWERS[number % 4], str(number)))
    return save(folder, made, ABOUT, "one-task")


def expected(students: int = STUDENTS) -> list[tuple[str, str, float]]:
    """Return (student, test, points) of the whole class, sorted."""
    return sorted(
        (f"student{number:03}", test, points)
        for number in range(students)
        for test, points in zip(("f-public", "f-values"), POINTS[number % 4], strict=True)
    )
