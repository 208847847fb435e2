"""A source notebook: tasks with reference solutions and hidden tests, read and checked as a whole."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from classroom.author.about import About, read_about
from classroom.author.cells import Cell, cells_of
from classroom.author.regions import HIDDEN, SOLUTION, STUB, inner_lines, unmarked, without
from classroom.author.source_faults import source_faults
from classroom.author.variants import choose, resolve
from classroom.author.version import version_of
from classroom.errors import ClassroomError
from classroom.limits import Limits
from classroom.normal_form import joined
from classroom.notebooks import NotebookError, read

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_SHOWN = 30


@dataclass(frozen=True)
class TestCell:
    """A test cell: its whole source, hidden part included."""

    __test__ = False

    id: str
    task: str
    source: str
    points: float

    @property
    def public_source(self) -> str:
        """The source as students see it."""
        return without(self.source, HIDDEN)

    @property
    def has_hidden(self) -> bool:
        """Whether a part is hidden."""
        return bool(self.hidden_lines)

    @property
    def hidden_lines(self) -> set[int]:
        """The numbers, from 1, of the lines that students don't see, markers included."""
        return set(inner_lines(self.source, HIDDEN))


@dataclass(frozen=True)
class Task:
    """A solution cell and its tests."""

    id: str
    tests: tuple[TestCell, ...]
    solution: str
    stub: str
    chapter: str
    minutes: int
    level: int
    banned: tuple[str, ...]
    variant: str | None

    @property
    def max_points(self) -> float:
        """The points of all its tests."""
        return sum(test.points for test in self.tests)


@dataclass(frozen=True)
class Assignment:
    """An assignment as one class gets it: variants are chosen."""

    name: str
    title: str
    notebook: dict[str, Any]
    tasks: tuple[Task, ...]
    given: tuple[str, ...]
    limits: Limits
    gpu: bool
    version: str
    manual: tuple[tuple[str, float], ...]

    @property
    def max_points(self) -> float:
        """The points of all tasks; what is graded by hand is not counted."""
        return sum(task.max_points for task in self.tasks)


def load_assignment(
    name: str, exercises: Path, secret: bytes | None = None, choices: dict[str, str] | None = None
) -> Assignment:
    """Read and check ``<exercises>/<name>``.

    Args:
        name: the assignment's folder
        exercises: the folder of all assignments
        secret: picks the variants; without it the first ones hold
        choices: task -> option, where the secret is not to pick

    Raises:
        ClassroomError: something is wrong in the source; all that is wrong is listed
    """
    folder = exercises / name
    if not NAME.fullmatch(name) or not folder.is_dir():
        there = sorted(path.parent.name for path in exercises.glob("*/assignment.yml"))
        raise ClassroomError(f"{exercises}: no assignment {name!r}; there are: {', '.join(there) or 'none'}")
    about = read_about(folder / "assignment.yml")
    try:
        notebook, _ = read(folder / f"{name}.ipynb")
    except NotebookError as error:
        raise ClassroomError("\n".join([str(error), *about.faults])) from error
    faults = about.faults + source_faults(notebook, about)
    if faults:
        more = [f"and {len(faults) - MOST_SHOWN} more"] if len(faults) > MOST_SHOWN else []
        raise ClassroomError("\n  ".join([f"{folder}: {len(faults)} faults:", *faults[:MOST_SHOWN], *more]))
    chosen = {task: choose(secret, name, task, told.variants) for task, told in about.tasks.items()}
    chosen |= choices or {}
    assignment = _assignment(name, resolved(notebook, chosen), about, chosen)
    return replace(assignment, version=version_of(assignment, exercises, secret))


def resolved(notebook: dict[str, Any], chosen: dict[str, str | None]) -> dict[str, Any]:
    """Return the notebook with the chosen variants; without outputs and cells of which nothing is left."""
    cells = []
    for cell in notebook["cells"]:
        source = joined(cell["source"])
        kept = resolve(source, chosen)
        if kept.strip() or not source.strip() or kept == source:
            empty = {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}
            cells.append(cell | {"source": kept, "metadata": cell.get("metadata", {})} | empty)
    return notebook | {"cells": cells}


def _assignment(name: str, notebook: dict, about: About, chosen: dict[str, str | None]) -> Assignment:
    cells = cells_of(notebook)
    return Assignment(
        name=name,
        title=about.title,
        notebook=notebook,
        tasks=tuple(_task(cell, cells, about, chosen) for cell in cells if cell.kind == "solution"),
        given=tuple(cell.source for cell in cells if cell.kind == "given" and cell.id != "tools"),
        limits=about.limits,
        gpu=about.gpu,
        version="",
        manual=tuple((cell.id, float(cell.points)) for cell in cells if cell.kind == "manual"),
    )


def _task(cell: Cell, cells: list[Cell], about: About, chosen: dict[str, str | None]) -> Task:
    told = about.tasks[cell.id]
    tests = [other for other in cells if other.kind == "test" and other.task == cell.id]
    return Task(
        id=cell.id,
        tests=tuple(TestCell(test.id, cell.id, test.source, float(test.points)) for test in tests),
        solution=unmarked(cell.source, SOLUTION),
        stub=without(cell.source, SOLUTION, STUB),
        chapter=told.chapter,
        minutes=told.minutes,
        level=told.level,
        banned=told.banned,
        variant=chosen[cell.id],
    )
