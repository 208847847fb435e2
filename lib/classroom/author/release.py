"""What students get: a source notebook without solutions and hidden tests, that needs only PyTorch."""

import re
from pathlib import Path
from textwrap import indent
from typing import Any

import classroom
from classroom.author.cells import Cell, cells_of
from classroom.author.leaks import leaks
from classroom.author.regions import HIDDEN, SOLUTION, STUB, inner_lines, without
from classroom.author.source import Assignment, Task, load_assignment
from classroom.errors import ClassroomError
from classroom.normal_form import dumps, joined, normalise
from classroom.notebooks import NotebookError, read, write

ANSWER = "YOUR ANSWER HERE"
# Inside a function, so that the names which the checks use are not taken for names of the notebook.
TOOLS = """\
# The checks of this notebook. There is no need to read them, and changing them changes no grade.
def _checks():
{checks}
    return check, student


check, student = _checks()"""
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


def release(name: str, exercises: Path, out: Path, secret: bytes | None, repository_url: str = "") -> Path:
    """Write the students' notebook ``<out>/<name>/<name>.ipynb`` and return its path.

    Args:
        name: the assignment
        exercises: the folder of all assignments
        out: where it goes
        secret: picks the variants; without it the first ones hold
        repository_url: makes links of the chapters' names

    Raises:
        ClassroomError: the source has faults, or something that is secret would be let out
    """
    source, target = exercises / name / f"{name}.ipynb", out / name / f"{name}.ipynb"
    assignment = load_assignment(name, exercises, secret)
    if target.resolve() == source.resolve():
        raise ClassroomError(f"{target}: this is the source notebook: name another folder with --out")
    released = released_notebook(assignment, exercises, repository_url)
    found = leaks(read(source)[0], released)
    if found:
        shown = "\n  ".join(found[:10])
        raise ClassroomError(f"{source}: not released, since this would be let out:\n  {shown}")
    target.parent.mkdir(parents=True, exist_ok=True)
    write(target, dumps(released))
    return target


def released_notebook(assignment: Assignment, exercises: Path, repository_url: str = "") -> dict[str, Any]:
    """Return the students' notebook; the same source gives the same bytes."""
    tasks = {task.id: task for task in assignment.tasks}
    cells = []
    for cell, about in zip(assignment.notebook["cells"], cells_of(assignment.notebook), strict=True):
        if about.kind == "solution":
            facts = _facts(tasks[about.id], _chapter(tasks[about.id].chapter, exercises, repository_url))
            cells.append(
                {"cell_type": "markdown", "id": f"{about.id}-facts", "metadata": {}, "source": facts}
            )
        cells.append(cell | {"source": _public(about)})
    released, _ = normalise(assignment.notebook | {"cells": cells})
    for cell in released["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name == "tools":
            cell["metadata"]["jupyter"] = {"source_hidden": True}
        if name in tasks and tasks[name].banned:
            cell["metadata"]["classroom"] = {"banned": list(tasks[name].banned)}
    limits = {key: getattr(assignment.limits, key) for key in ("cell_seconds", "notebook_mb")}
    released["metadata"]["classroom"] = {"assignment": assignment.name, "limits": limits}
    return released


def tools_source() -> str:
    """Return the text of the tools cell: the whole of ``classroom/checks.py``."""
    checks = (Path(classroom.__file__).parent / "checks.py").read_text(encoding="utf-8")
    return TOOLS.format(checks=indent(checks.rstrip("\n"), "    "))


def _public(cell: Cell) -> str:
    """Return what students see of a cell."""
    if cell.id == "tools":
        return tools_source()
    if cell.kind == "solution":
        return without(cell.source, SOLUTION, STUB)
    if cell.kind == "test":
        return without(cell.source, HIDDEN)
    if cell.kind == "manual":
        stub = STUB if cell.type == "code" else (ANSWER,)
        # As in nbgrader: a cell without a region is an answer from its first line to its last.
        return without(cell.source, SOLUTION, stub) if inner_lines(cell.source, SOLUTION) else "\n".join(stub)
    return cell.source


def _facts(task: Task, chapter: str) -> str:
    points = "1 point" if task.max_points == 1 else f"{task.max_points:g} points"
    facts = [points, f"about {task.minutes} minutes", f"level {task.level} of 3", f"chapter: {chapter}"]
    if task.variant:
        facts.append(f"variant: {task.variant}")
    if task.banned:
        facts.append("not allowed here: " + ", ".join(f"`{name}`" for name in task.banned))
    return f"**Task `{task.id}`:** " + " · ".join(facts)


def _chapter(slug: str, exercises: Path, repository_url: str) -> str:
    """Return the chapter's title (its path where it is not written yet), as a link if there is an address."""
    words = slug
    try:
        notebook, _ = read(exercises.resolve().parent / "chapters" / f"{slug}.ipynb")
    except NotebookError:
        return words
    texts = (joined(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    found = next(filter(None, map(TITLE.search, texts)), None)
    words = found[1].strip() if found else slug
    url = repository_url.rstrip("/")
    return f"[{words}]({url}/blob/HEAD/chapters/{slug}.ipynb)" if url else words
