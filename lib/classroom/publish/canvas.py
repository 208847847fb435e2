"""The gradebook of Canvas: its import reads the columns that its export writes."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from classroom.errors import ClassroomError
from classroom.publish.pages import number
from classroom.publish.tables import (
    Exported,
    Table,
    by_student,
    column,
    defused,
    matched,
    read_table,
    safe,
    same,
    scaled,
    write_table,
)

COLUMNS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
NO_STUDENT = re.compile(r"\s*(points possible.*|muted|manual posting.*|)\s*", re.I)
POINTS_ROW = "    Points Possible"


def write_canvas(
    assignment: Any, rows: Iterable[Any], path: Path, roster: Path | None = None, scale: bool = False
) -> Exported:
    """Write a file for Canvas, Grades, Import.

    Args:
        assignment: what was graded
        rows: the ledger's rows
        path: the file to write
        roster: Canvas's own export of the gradebook; its people are matched on ID, SIS user, login
        scale: bring the points to the maximum that Canvas has, if it differs
    Raises:
        ClassroomError: if the roster is no such file, or its maximum differs and ``scale`` is off
    """
    students = by_student(rows)
    if roster is None:
        return _without_roster(assignment, students, path)
    table = read_table(roster, ",;")
    header = table.rows[0]
    places = {name: column(header, name, roster) for name in ("Student", "ID", "Section")}
    logins = [n for n, title in enumerate(header) if same(title) in ("sis user id", "sis login id")]
    score, title = _score_column(assignment, header, roster)
    possible = _points_possible(table, score)
    if possible is not None and abs(possible - assignment.max_points) > 1e-9 and not scale:
        own = number(assignment.max_points)
        raise ClassroomError(
            f"{roster}: {title!r} has {number(possible)} points in Canvas, this assignment {own}:"
            " change it in Canvas, or ask for --scale"
        )
    kept = [n for n, _ in enumerate(header) if n <= places["Section"]]
    lines = [[header[n] for n in kept] + [title]]
    lines.append([POINTS_ROW] + [""] * (len(kept) - 1) + [number(possible or assignment.max_points)])
    people = {
        n: row for n, row in enumerate(table.rows) if n and not NO_STUDENT.fullmatch(row[places["Student"]])
    }
    keys = {n: [row[places["ID"]], *(row[place] for place in logins)] for n, row in people.items()}
    found = matched(keys, students)
    for n, row in people.items():
        kept_score = row[score] if score is not None and score < len(row) else ""
        got = students.get(found.get(n, ""))
        points = scaled(got.outcome.points, assignment.max_points, possible) if got else kept_score
        lines.append([defused(row[place]) for place in kept] + [points])
    write_table(path, lines, table.delimiter, table.bom)
    missing = tuple(row[places["Student"]] for n, row in people.items() if n not in found)
    return Exported(path, len(found), missing, tuple(sorted(set(students) - set(found.values()))))


def _without_roster(assignment: Any, students: dict[str, Any], path: Path) -> Exported:
    blank = [""] * (len(COLUMNS) - 1)
    lines = [[*COLUMNS, assignment.title], [POINTS_ROW, *blank, number(assignment.max_points)]]
    for student, row in students.items():
        lines.append([safe(student), "", "", safe(student), "", number(row.outcome.points)])
    write_table(path, lines, bom=False)
    note = "without --roster the student's name is given as the SIS login: Canvas asks where it knows none"
    return Exported(path, len(students), notes=(note,))


def _score_column(assignment: Any, header: list[str], roster: Path) -> tuple[int | None, str]:
    names = {same(assignment.title), same(assignment.name)}
    found = [n for n, title in enumerate(header) if same(re.sub(r"\s*\(\d+\)\s*$", "", title)) in names]
    if len(found) > 1:
        raise ClassroomError(
            f"{roster}: {len(found)} columns are called {assignment.title!r}: keep one of them"
        )
    return (found[0], header[found[0]]) if found else (None, assignment.title)


def _points_possible(table: Table, score: int | None) -> float | None:
    if score is None:
        return None
    for row in table.rows[1:4]:
        if same(row[0]).startswith("points possible"):
            try:
                return float(row[score].replace(",", "."))
            except ValueError:
                return None
    return None
