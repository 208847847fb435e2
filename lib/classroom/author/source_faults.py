"""What is wrong in a source notebook: all of it at once, so that an author mends it in one go."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from classroom.author.about import About
from classroom.author.cells import Cell, cells_of
from classroom.author.regions import HIDDEN, SOLUTION, STUB, inner_lines, region_faults, unmarked, without
from classroom.author.variants import blocks, resolve, variant_faults

TOOLS = "from classroom.checks import check, student"
ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
TASK_ID = re.compile(r"[A-Za-z]\w{0,40}", re.ASCII)


def source_faults(notebook: dict[str, Any], about: About) -> list[str]:
    """Return the faults of a source notebook, each with its cell; [] where it is right."""
    cells = cells_of(notebook)
    faults = [*_names(cells), *_tools(cells), *_order(cells), *_variants(cells, about), *_told(cells, about)]
    for chosen in _choices(about):
        faults += [fault for cell in cells for fault in _cell(cell, resolve(cell.source, chosen))]
    return list(dict.fromkeys(faults))


def _choices(about: About) -> Iterator[dict[str, str | None]]:
    first = {task: next(iter(told.variants), None) for task, told in about.tasks.items()}
    yield first
    for task, told in about.tasks.items():
        yield from (first | {task: option} for option in told.variants[1:])


def _names(cells: list[Cell]) -> Iterator[str]:
    counts = Counter(cell.id for cell in cells if cell.id)
    yield from (f"grade_id {name!r} stands in {count} cells" for name, count in counts.items() if count > 1)
    for cell in cells:
        if cell.kind in ("given", "solution", "test", "manual") and not ID.fullmatch(cell.id):
            yield f"{cell}: needs a grade_id of letters, digits, _ and -, got {cell.id!r}"
        if cell.kind == "solution" and cell.id and not TASK_ID.fullmatch(cell.id):
            yield f"{cell}: a task's grade_id is a name without '-'"


def _tools(cells: list[Cell]) -> Iterator[str]:
    first = next((cell for cell in cells if cell.type == "code"), None)
    if first is None or first.id != "tools" or first.kind != "given":
        yield "the first code cell must be locked and have the grade_id 'tools'"
    elif first.source.strip() != TOOLS:
        yield f"{first}: must be exactly {TOOLS!r}"


def _order(cells: list[Cell]) -> Iterator[str]:
    tested = {cell.task for cell in cells if cell.kind == "test"}
    for cell in cells:
        if cell.kind == "test" and not cell.task:
            yield f"{cell}: a test cell stands before any solution cell"
        elif cell.kind == "test" and not cell.id.startswith(f"{cell.task}-"):
            yield f"{cell}: a test of task {cell.task} has a grade_id that begins with '{cell.task}-'"
        if cell.kind == "solution" and cell.id not in tested:
            yield f"{cell}: the task has no test cell"
    if not tested:
        yield "the notebook has no task with a test cell"


def _told(cells: list[Cell], about: About) -> Iterator[str]:
    tasks = [cell.id for cell in cells if cell.kind == "solution"]
    yield from (
        f"task {name} is in the notebook but not in assignment.yml"
        for name in tasks
        if name not in about.tasks
    )
    yield from (
        f"task {name} is in assignment.yml but has no solution cell"
        for name in about.tasks
        if name not in tasks
    )


def _variants(cells: list[Cell], about: About) -> Iterator[str]:
    declared = {(task, option) for task, told in about.tasks.items() for option in told.variants}
    used = set()
    for cell in cells:
        yield from (f"{cell}: {fault}" for fault in variant_faults(cell.source))
        found = blocks(cell.source)
        used |= found
        for task, option in sorted(found - declared):
            yield f"{cell}: variant {option!r} of task {task!r} is not declared in assignment.yml"
    for task, option in sorted(declared - used):
        yield f"variant {option!r} of task {task!r} is declared but has no block in the notebook"


def _cell(cell: Cell, source: str) -> Iterator[str]:
    """Yield the faults of one cell under one choice of variants."""
    for what, kinds in ((SOLUTION, ("solution", "manual")), (HIDDEN, ("test",))):
        found = region_faults(source, what)
        if inner_lines(source, what) and cell.kind not in kinds:
            found.append(f"a {what} region may stand only in a {' or '.join(kinds)} cell")
        yield from (f"{cell}: {fault}" for fault in found)
    if cell.kind == "solution":
        if not inner_lines(source, SOLUTION):
            yield f"{cell}: has no region BEGIN SOLUTION ... END SOLUTION"
        yield from _python(cell, unmarked(source, SOLUTION), "with the solution")
        yield from _python(cell, without(source, SOLUTION, STUB), "as students get it")
    if cell.kind == "task":
        yield f"{cell}: nbgrader's manually graded task cells are not supported: use a cell to be answered"
    if cell.kind in ("solution", "test") and cell.type != "code":
        yield f"{cell}: must be a code cell"
    if cell.kind == "solution" and cell.locked:
        yield f"{cell}: a solution cell must not be locked"
    counts = type(cell.points) in (int, float) and 0 < cell.points < 1000
    if cell.kind in ("test", "manual") and not counts:
        yield f"{cell}: points must be a number above 0, got {cell.points!r}"
    if cell.kind == "test":
        if not cell.locked:
            yield f"{cell}: a test cell must be locked"
        if not source.strip():
            yield f"{cell}: is empty"
        yield from _python(cell, source, "as a whole")
        yield from _python(cell, without(source, HIDDEN), "without its hidden part")
    if cell.kind == "given":
        yield from _python(cell, source, "")


def _python(cell: Cell, source: str, how: str) -> Iterator[str]:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError) as error:
        yield f"{cell}: is no Python {how}".rstrip() + f": {error}"
