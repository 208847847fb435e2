"""The grading worksheet of a Moodle assignment, filled in; or a plain table for Moodle's grade import."""

import html
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from classroom.errors import ClassroomError
from classroom.publish.pages import number
from classroom.publish.tables import (
    Exported,
    by_student,
    column,
    defused,
    matched,
    read_table,
    safe,
    same,
    scaled,
    summary,
    write_table,
)

FEEDBACK = "Feedback comments"
NEEDED = ("Identifier", "Grade", "Last modified (grade)")


def write_moodle(
    assignment: Any, rows: Iterable[Any], path: Path, roster: Path | None = None, scale: bool = False
) -> Exported:
    """Write a file for Moodle: its grading worksheet with grades and comments, or a plain import table.

    Args:
        assignment: what was graded
        rows: the ledger's rows
        path: the file to write
        roster: the grading worksheet, as downloaded from the Moodle assignment
        scale: bring the points to the worksheet's maximum, if it differs
    Raises:
        ClassroomError: if the roster is no such file, or its maximum differs and ``scale`` is off
    """
    students = by_student(rows)
    if roster is None:
        head = ["username", assignment.title, FEEDBACK]
        lines = [[safe(name), number(row.outcome.points), _comment(row)] for name, row in students.items()]
        write_table(path, [head, *lines])
        return Exported(path, len(students))
    table = read_table(roster, ",")
    header, people = table.rows[0], dict(enumerate(table.rows[1:]))
    identifier, grade, _ = (column(header, name, roster) for name in NEEDED)
    titles = {same(title): place for place, title in enumerate(header)}
    found = matched({n: _names(row, identifier, titles) for n, row in people.items()}, students)
    notes = (
        [] if same(FEEDBACK) in titles else [f"the worksheet has no column {FEEDBACK!r}: no comments written"]
    )
    locked = titles.get("grade can be changed")
    for n, student in found.items():
        row, result = people[n], students[student]
        if locked is not None and same(row[locked]) == "no":
            notes.append(f"{row[identifier]}: the grade is locked in Moodle and left as it was")
            continue
        wanted = _maximum(assignment, row, titles, roster, scale)
        row[grade] = scaled(result.outcome.points, assignment.max_points, wanted)
        if same(FEEDBACK) in titles:
            row[titles[same(FEEDBACK)]] = _comment(result)
    write_table(path, [header, *([defused(cell) for cell in row] for row in people.values())], bom=table.bom)
    missing = tuple(_name(row, identifier, titles) for n, row in people.items() if n not in found)
    no_row = tuple(sorted(set(students) - set(found.values())))
    return Exported(path, len(found), missing, no_row, tuple(notes))


def _names(row: list[str], identifier: int, titles: dict[str, int]) -> list[str]:
    """Return what may stand for a person: participant's number, ID number, user name, address, full name."""
    participant = row[identifier]
    digits = re.search(r"\d+$", participant.strip())
    names = [participant, digits.group() if digits else ""]
    names += [row[titles[key]] if key in titles else "" for key in ("id number", "username", "email address")]
    names.append(names[-1].partition("@")[0])
    names.append(row[titles["full name"]] if "full name" in titles else "")
    return names


def _name(row: list[str], identifier: int, titles: dict[str, int]) -> str:
    full = row[titles["full name"]] if "full name" in titles else ""
    return f"{full} ({row[identifier]})" if full else row[identifier]


def _maximum(
    assignment: Any, row: list[str], titles: dict[str, int], roster: Path, scale: bool
) -> float | None:
    place = titles.get("maximum grade")
    try:
        wanted = float(row[place].replace(",", ".")) if place is not None else None
    except ValueError:
        return None
    if wanted is not None and abs(wanted - assignment.max_points) > 1e-9 and not scale:
        own = number(assignment.max_points)
        raise ClassroomError(
            f"{roster}: the maximum grade is {number(wanted)} in Moodle, this assignment has {own} points:"
            " change it in Moodle, or ask for --scale"
        )
    return wanted


def _comment(row: Any) -> str:
    # Moodle takes the column for HTML.
    return defused("<br>".join(html.escape(told) for told in summary(row.outcome)))
