"""From the bytes that were handed in to the student's cells, whatever the bytes are."""

import json
from dataclasses import dataclass
from typing import Any

from classroom.limits import MIB, Limits

CELLS = 2000
SOURCE = 100_000


class Refused(Exception):
    """No notebook of this assignment; the message says why, in one line."""


@dataclass(frozen=True)
class StudentCell:
    """A code cell of the student: its place in the notebook, its ``grade_id`` if it has one, its text."""

    index: int
    grade_id: str
    source: str

    @property
    def label(self) -> str:
        """What a traceback calls the cell: its task, or its place from 1."""
        return self.grade_id[:60] or str(self.index + 1)


def read_cells(data: bytes, known: set[str], limits: Limits) -> list[StudentCell]:
    """Return the code cells of a notebook in order.

    Args:
        data: the file as it was handed in
        known: the assignment's cell ids; a notebook with none of them is another one
        limits: ``notebook_mb`` is read
    """
    cells = _load(data, limits).get("cells")
    if not isinstance(cells, list):
        raise Refused("the file is JSON but no notebook: it has no list of cells")
    if len(cells) > CELLS:
        raise Refused(f"the notebook has {len(cells)} cells, at most {CELLS} are read")
    found = [_cell(index, cell) for index, cell in enumerate(cells)]
    ids = {_grade_id(cell) for cell in cells}
    if not ids & known:
        raise Refused("this is another notebook: it has no cell of this assignment")
    return [cell for cell in found if cell is not None]


def _load(data: bytes, limits: Limits) -> dict[str, Any]:
    if len(data) > limits.notebook_mb * MIB:
        raise Refused(f"the file is too large: {len(data) / MIB:.1f} MiB, at most {limits.notebook_mb} MiB")
    if not data.strip():
        raise Refused("the file is empty")
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused("the file is not UTF-8 text, so it is no notebook") from None
    except (ValueError, RecursionError, MemoryError):
        raise Refused("the file is not valid JSON, so it is no notebook") from None
    if not isinstance(notebook, dict):
        raise Refused("the file is JSON but no notebook")
    if notebook.get("nbformat") != 4 or isinstance(notebook["nbformat"], bool):
        raise Refused("the notebook is not in format 4: open it in JupyterLab and save it again")
    return notebook


def _grade_id(cell: Any) -> str:
    try:
        found = cell["metadata"]["nbgrader"]["grade_id"]
    except (KeyError, TypeError, IndexError):
        return ""
    return found if isinstance(found, str) else ""


def _cell(index: int, cell: Any) -> StudentCell | None:
    if not isinstance(cell, dict) or cell.get("cell_type") != "code":
        return None
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str) or len(source) > SOURCE:
        return None
    return StudentCell(index, _grade_id(cell), source.encode("utf-8", "replace").decode("utf-8"))
