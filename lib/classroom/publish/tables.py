"""Reading and writing tables that Excel and learning platforms open, with nothing in them that runs."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classroom.errors import ClassroomError
from classroom.notebooks import write
from classroom.outcome import Outcome
from classroom.publish.inert import line
from classroom.publish.pages import number

BOM = "\ufeff"
FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")
PLAIN_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?%?")


@dataclass(frozen=True)
class Exported:
    """A table that was written, and what a person should know about it.

    Args:
        path: where it is
        filled: number of students in it
        no_submission: people of the roster without a result
        no_row: students with a result whom the roster does not hold, or not clearly
        notes: further remarks, one line each
    """

    path: Path
    filled: int
    no_submission: tuple[str, ...] = ()
    no_row: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A CSV file as it was read: its rows, and how it was written."""

    rows: list[list[str]]
    delimiter: str
    bom: bool


def read_table(path: Path, delimiters: str) -> Table:
    """Return the rows of a UTF-8 CSV file; raise ClassroomError if it is none."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ClassroomError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ClassroomError(f"{path}: expected UTF-8 text, byte {error.start} is not") from error
    bom, text = text.startswith(BOM), text.removeprefix(BOM)
    first = text.partition("\n")[0]
    delimiter = max(delimiters, key=first.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    except csv.Error as error:
        raise ClassroomError(f"{path}: is no CSV file: {error}") from error
    if not rows:
        raise ClassroomError(f"{path}: expected a first row with the names of the columns, the file is empty")
    width = len(rows[0])
    return Table([(row + [""] * width)[: max(width, len(row))] for row in rows], delimiter, bom)


def write_table(path: Path, rows: Iterable[Sequence[str]], delimiter: str = ",", bom: bool = True) -> None:
    """Write rows as CSV, with a byte order mark where the reader is Excel."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, (BOM if bom else "") + stream.getvalue())


def defused(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe goes before what would be one."""
    runs = FORMULA.match(text) and len(text) > 1 and not PLAIN_NUMBER.fullmatch(text)
    return "'" + text if runs else text


def safe(text: str, limit: int = 1000) -> str:
    """Return a student's text as one plain line that is no formula."""
    return defused(line(text, limit))


def same(name: str) -> str:
    """Return how a name or number is compared: without case and outer blanks."""
    return name.strip().casefold()


def summary(outcome: Outcome) -> list[str]:
    """Return a line of feedback for each test that lost points, in the grader's words."""
    if outcome.status != "graded":
        return [f"Not graded: {line(outcome.reason)}"]
    lost = [test for test in outcome.tests if test.reason]
    told = [f"{t.test}: {number(t.points)} of {number(t.max_points)}: {line(t.reason)}" for t in lost]
    return told or ["All checks passed."]


def column(header: list[str], name: str, path: Path) -> int:
    """Return the place of a column; raise ClassroomError if there is none of this name."""
    try:
        return [same(title) for title in header].index(same(name))
    except ValueError:
        shown = ", ".join(repr(title) for title in header[:12])
        raise ClassroomError(f"{path}: expected a column {name!r}, there are {shown}") from None


def matched(people: dict[int, list[str]], students: Iterable[str]) -> dict[int, str]:
    """Return which student stands in which row, as far as that is certain.

    Args:
        people: for each row the names that may stand for its person, the strongest first; "" for none
        students: as the ledger names them
    Returns:
        the student of each row; a student who fits several rows, or shares a row, is left out
    """
    depth = max((len(names) for names in people.values()), default=0)
    levels: list[dict[str, list[int]]] = [{} for _ in range(depth)]
    for row, names in people.items():
        for level, name in enumerate(names):
            if name:
                levels[level].setdefault(same(name), []).append(row)
    found: dict[int, list[str]] = {}
    for student in students:
        rows = next((level[same(student)] for level in levels if same(student) in level), [])
        if len(rows) == 1:
            found.setdefault(rows[0], []).append(student)
    return {row: names[0] for row, names in found.items() if len(names) == 1}


def scaled(points: float, full: float, wanted: float | None) -> str:
    """Return points as text, on the scale of ``wanted`` points if one is given."""
    return number(points if wanted is None or not full else points * wanted / full)


def by_student(rows: Iterable[Any]) -> dict[str, Any]:
    """Return the ledger's rows by student, in the order of their names."""
    return {row.student: row for row in sorted(rows, key=lambda row: row.student)}
