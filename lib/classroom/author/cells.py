"""The cells of a source notebook and what each is for, told by nbgrader's metadata."""

from dataclasses import dataclass
from typing import Any

from classroom.normal_form import joined


@dataclass(frozen=True)
class Cell:
    """One cell: its place from 1, its kind and what its metadata say.

    ``kind`` is "text", "given" (locked code), "solution", "test", "manual" (graded by hand), "free",
    or "task" (nbgrader's own, not supported).
    """

    number: int
    kind: str
    type: str
    id: str
    source: str
    points: Any
    locked: bool
    task: str

    def __str__(self) -> str:
        return f"cell {self.number}" + (f" ({self.id})" if self.id else "")


def cells_of(notebook: dict[str, Any]) -> list[Cell]:
    """Return the notebook's cells in order; ``task`` is the id of the last solution cell above."""
    cells: list[Cell] = []
    task = ""
    for number, cell in enumerate(notebook["cells"], start=1):
        about = cell.get("metadata", {}).get("nbgrader")
        about = about if isinstance(about, dict) else {}
        kind = _kind(cell["cell_type"], about)
        name = about.get("grade_id")
        name = name if isinstance(name, str) else ""
        task = name if kind == "solution" else task
        source, locked = joined(cell["source"]), about.get("locked") is True
        cells.append(Cell(number, kind, cell["cell_type"], name, source, about.get("points"), locked, task))
    return cells


def task_of(test: Cell) -> str:
    """Return the task of a test cell as its id tells it, wherever the cell stands."""
    return test.id.partition("-")[0]


def _kind(cell_type: str, about: dict[str, Any]) -> str:
    grade, solution, task = (about.get(key) is True for key in ("grade", "solution", "task"))
    if task:
        return "task"
    if grade and solution:
        return "manual"
    if grade:
        return "test"
    if solution:
        return "solution"
    if cell_type != "code":
        return "text"
    return "given" if about.get("locked") is True else "free"
