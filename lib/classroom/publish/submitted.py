"""The cells of a notebook that a student handed in, whatever the file is."""

import json
from dataclasses import dataclass
from typing import Any

CELLS = 2000
SOURCE = 200_000


@dataclass(frozen=True)
class Cell:
    """One cell: its place in the file, "code" or "markdown", its ``grade_id`` if it has one, its text."""

    index: int
    kind: str
    grade_id: str
    source: str


def read_cells(data: bytes | None) -> list[Cell]:
    """Return the code and text cells in order; none if the bytes are no notebook."""
    try:
        notebook = json.loads((data or b"").decode("utf-8-sig"))
        cells = notebook["cells"]
    except (ValueError, RecursionError, MemoryError, KeyError, TypeError):
        return []
    if not isinstance(cells, list):
        return []
    found = (_cell(index, cell) for index, cell in enumerate(cells[:CELLS]))
    return [cell for cell in found if cell is not None]


def grade_id(cell: Any) -> str:
    """Return the ``grade_id`` of a cell of a notebook, or an empty text."""
    try:
        found = cell["metadata"]["nbgrader"]["grade_id"]
    except (KeyError, TypeError, IndexError):
        return ""
    return found if isinstance(found, str) else ""


def _cell(index: int, cell: Any) -> Cell | None:
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown"):
        return None
    source = cell.get("source")
    if isinstance(source, list) and all(isinstance(part, str) for part in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    return Cell(index, cell["cell_type"], grade_id(cell), source[:SOURCE])
