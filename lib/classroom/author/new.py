"""Start an assignment: a small one that is complete, so that an author only has to replace what it says."""

from pathlib import Path
from typing import Any

from classroom.author import template
from classroom.author.source import NAME
from classroom.errors import ClassroomError
from classroom.normal_form import dumps, normalise
from classroom.notebooks import write

ROLES: dict[str, dict[str, Any]] = {
    "text": {"locked": True},
    "given": {"locked": True},
    "solution": {"solution": True},
    "test": {"grade": True, "locked": True},
}


def new(name: str, exercises: Path) -> Path:
    """Write a starter assignment and return its folder.

    Args:
        name: lower-case words joined by "-"
        exercises: the folder of all assignments

    Raises:
        ClassroomError: the name can't be used, or there is such a folder already
    """
    folder = exercises / name
    if not NAME.fullmatch(name):
        raise ClassroomError(f"an assignment's name is lower-case words such as gated-units, got {name!r}")
    if folder.exists():
        raise ClassroomError(f"{folder}: is there already; nothing was changed")
    files = template.FILES | {f"{name}.ipynb": dumps(_notebook(name))}
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write(target, text)
    return folder


def _notebook(name: str) -> dict[str, Any]:
    cells = []
    for role, grade_id, points, source in template.CELLS:
        about = {"schema_version": 3, "grade": False, "locked": False, "solution": False, "task": False}
        about |= {"grade_id": grade_id} | ROLES[role] | ({"points": points} if points else {})
        kind = "markdown" if role == "text" else "code"
        cell = {"cell_type": kind, "id": grade_id, "metadata": {"nbgrader": about}}
        source = source.replace("TITLE", name.replace("-", " ").capitalize())
        cells.append(cell | {"source": source.strip("\n")} | ({"outputs": []} if kind == "code" else {}))
    return normalise({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})[0]
