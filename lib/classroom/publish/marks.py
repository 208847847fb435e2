"""Points into nbgrader's database: all in one transaction, and never over what a person marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from classroom.errors import ClassroomError


@dataclass(frozen=True)
class Entry:
    """What one student gets.

    Args:
        student: as nbgrader names the student
        real_name: as the ledger does
        received: in UTC, without a zone, as nbgrader keeps times
        scores: points of each graded cell; None where a person has to mark
        comments: of the grader, for each cell that takes comments; None for none
        renewed: the file differs from the one that was there before
    """

    student: str
    real_name: str
    received: datetime
    scores: dict[str, float | None]
    comments: dict[str, str | None]
    renewed: bool


def write_marks(gradebook: Any, assignment: str, entries: Sequence[Entry]) -> None:
    """Insert or update submissions, scores and comments; manual scores, extra credit and comments stay.

    nbgrader's own methods commit once a cell and load computed columns; its tables are used directly here.
    """
    from nbgrader import api
    from sqlalchemy import select

    session = gradebook.db
    notebook = gradebook.find_notebook(assignment, assignment)
    base = api.BaseCell.__table__
    cells = session.execute(
        select(base.c.name, base.c.type, base.c.id).where(base.c.notebook_id == notebook.id)
    )
    graded, commented = {}, {}
    for name, kind, key in cells:
        if kind in ("GradeCell", "TaskCell"):
            graded[name] = key
        if kind in ("SolutionCell", "TaskCell"):
            commented[name] = key
    _students(session, api.Student.__table__, entries)
    keys = _submissions(session, api.SubmittedAssignment.__table__, notebook.assignment_id, entries)
    owners = [{"assignment_id": keys[entry.student], "notebook_id": notebook.id} for entry in entries]
    notebooks = _upserted(session, api.SubmittedNotebook.__table__, ("assignment_id", "notebook_id"), owners)
    scores, comments = [], []
    for entry in entries:
        of = notebooks[keys[entry.student], notebook.id]
        scores += [
            {
                "notebook_id": of,
                "cell_id": cell,
                "auto_score": _known(entry.scores, name),
                "renewed": entry.renewed,
            }
            for name, cell in graded.items()
        ]
        comments += [
            {"notebook_id": of, "cell_id": cell, "auto_comment": entry.comments.get(name)}
            for name, cell in commented.items()
        ]
    _scores(session, api.Grade.__table__, scores)
    _upserted(session, api.Comment.__table__, ("notebook_id", "cell_id"), comments, ("auto_comment",))
    session.commit()


def _known(scores: dict[str, float | None], name: str) -> float | None:
    if name not in scores:
        raise ClassroomError(f"the gradebook has a cell {name!r} that this version of the assignment has not")
    return scores[name]


def _students(session: Any, table: Any, entries: Sequence[Entry]) -> None:
    from sqlalchemy import insert, select

    there = set(session.scalars(select(table.c.id)))
    new = [
        {
            "id": entry.student,
            "lms_user_id": None if entry.student == entry.real_name else entry.real_name[:128],
        }
        for entry in entries
        if entry.student not in there
    ]
    if new:
        session.execute(insert(table), new)


def _submissions(session: Any, table: Any, assignment: str, entries: Sequence[Entry]) -> dict[str, str]:
    rows = [
        {"assignment_id": assignment, "student_id": entry.student, "timestamp": entry.received}
        for entry in entries
    ]
    found = _upserted(session, table, ("assignment_id", "student_id"), rows, ("timestamp",))
    return {student: key for (_, student), key in found.items()}


def _scores(session: Any, table: Any, wanted: Iterable[dict[str, Any]]) -> None:
    from sqlalchemy import select

    columns = table.c.notebook_id, table.c.cell_id, table.c.auto_score, table.c.manual_score
    there = {tuple(row[:2]): row for row in session.execute(select(*columns, table.c.needs_manual_grade))}
    rows = []
    for row in wanted:
        renewed = row.pop("renewed")
        old = there.get((row["notebook_id"], row["cell_id"]))
        needed = row["auto_score"] is None
        if old is not None and old.manual_score is not None:
            # A person's mark stands. It asks for another look only if what was marked has changed.
            needed = old.needs_manual_grade or renewed or old.auto_score != row["auto_score"]
        rows.append(row | {"needs_manual_grade": needed})
    _upserted(session, table, ("notebook_id", "cell_id"), rows, ("auto_score", "needs_manual_grade"))


def _upserted(
    session: Any, table: Any, key: tuple[str, str], rows: list[dict[str, Any]], changing: tuple[str, ...] = ()
) -> dict[tuple[str, str], str]:
    """Insert the rows whose key is new, update ``changing`` of the others, and return the ids by key."""
    from nbgrader.api import new_uuid
    from sqlalchemy import bindparam, insert, select, update

    columns = [table.c[name] for name in key]
    found = {tuple(row[:2]): row.id for row in session.execute(select(*columns, table.c.id))}
    new, old = [], []
    for row in rows:
        at = row[key[0]], row[key[1]]
        if at in found:
            old.append({"row_id": found[at]} | {f"new_{name}": row[name] for name in changing})
        else:
            found[at] = new_uuid()
            new.append(row | {"id": found[at]})
    if new:
        session.execute(insert(table), new)
    if old and changing:
        values = {name: bindparam(f"new_{name}") for name in changing}
        session.connection().execute(
            update(table).where(table.c.id == bindparam("row_id")).values(values), old
        )
    return found
