"""What a student can find out before handing in: is the file whole, and do the public checks pass?

The source notebook is not needed: all that is used stands in the student's file, or in the released one.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classroom.author.cells import Cell, cells_of, task_of
from classroom.author.regions import STUB
from classroom.errors import ClassroomError
from classroom.limits import Limits
from classroom.notebooks import NotebookError, read

MIB = 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One thing found.

    ``level`` is "problem" (nothing or not all can be graded), "warning", or for a task "passed" or "failed".
    """

    level: str
    where: str
    text: str


def validate(path: Path, against: Path | None = None, run: bool = True) -> list[Finding]:
    """Return what there is to say about a notebook before it is handed in.

    Args:
        path: the student's notebook
        against: the notebook as it was released; without it the student's own test cells are believed
        run: run it and its public checks too, each task is then a finding

    Raises:
        ClassroomError: there is no such file, or ``against`` is no notebook
    """
    if not path.is_file():
        raise ClassroomError(f"{path}: no such file: name the notebook that you will hand in")
    try:
        reference = read(against)[0] if against else None
    except NotebookError as error:
        raise ClassroomError(str(error)) from error
    megabytes = limit(reference or {}, "notebook_mb")
    if path.stat().st_size > megabytes * MIB:
        size = path.stat().st_size / MIB
        return [
            Finding("problem", "file", f"has {size:.1f} MiB, at most {megabytes:g} are read: clear outputs")
        ]
    try:
        notebook, _ = read(path)
    except NotebookError as error:
        return [Finding("problem", "file", str(error).removeprefix(f"{path}: "))]
    return _findings(notebook, reference, run)


def limit(notebook: dict[str, Any], name: str) -> float:
    """Return a limit that a release states, or the usual one."""
    about = notebook.get("metadata", {}).get("classroom")
    limits = about.get("limits") if isinstance(about, dict) else None
    value = limits.get(name) if isinstance(limits, dict) else None
    usual = getattr(Limits(), name)
    return value if type(value) in (int, float) and 0 < value < 10_000 else usual


def _findings(notebook: dict[str, Any], reference: dict[str, Any] | None, run: bool) -> list[Finding]:
    mine, known = cells_of(notebook), cells_of(reference or notebook)
    tests = [cell for cell in known if cell.kind == "test"]
    tasks = list(dict.fromkeys(task_of(cell) for cell in tests))
    if not {cell.id for cell in mine} & {*tasks, *(test.id for test in tests)}:
        return [Finding("problem", "file", "is another notebook: it has no cell of an assignment")]
    banned = _banned(reference or notebook)
    found = [
        *_missing(mine, tasks),
        *_locked(mine, known, reference is not None),
        *_code(mine),
        *_routes(mine, banned),
    ]
    empty = {cell.id for cell in mine if cell.kind == "solution" and all(s in cell.source for s in STUB)}
    told = {task: "not answered yet" for task in tasks if task in empty}
    told |= {
        item.where: "not all of this may be used"
        for item in found
        if item.level == "problem" and item.where in tasks
    }
    if run:
        from classroom.author.trial import try_checks

        failed = try_checks(notebook, reference, limit(reference or notebook, "cell_seconds"))
        told = {task: told.get(task) or failed.get(task, "") for task in tasks}
        found += [
            Finding("failed" if told[t] else "passed", t, told[t] or "passes the public checks")
            for t in tasks
        ]
    else:
        found += [Finding("warning", task, text) for task, text in told.items() if task in empty]
    return found


def _missing(mine: list[Cell], tasks: list[str]) -> Iterator[Finding]:
    counts = Counter(cell.id for cell in mine if cell.id)
    solutions = {cell.id for cell in mine if cell.kind == "solution" and cell.type == "code"}
    for task in tasks:
        if task not in solutions:
            yield Finding(
                "problem", task, "its cell is missing: copy your code into the notebook as it was released"
            )
    for name, count in counts.items():
        if count > 1:
            yield Finding(
                "warning", name, f"stands in {count} cells (a copy?); all run, and the last one counts"
            )


def _locked(mine: list[Cell], known: list[Cell], compared: bool) -> Iterator[Finding]:
    sources = {cell.id: cell.source for cell in mine}
    for cell in known:
        what = {"test": "the test cell", "given": "the given code"}.get(cell.kind)
        if what and cell.id not in sources:
            yield Finding("warning", cell.id, f"{what} is missing; the instructor's own is what counts")
        elif what and compared and sources[cell.id].rstrip() != cell.source.rstrip():
            yield Finding("warning", cell.id, f"{what} was changed; the instructor's own is what counts")


def _code(mine: list[Cell]) -> Iterator[Finding]:
    for cell in mine:
        if cell.type == "code" and cell.kind in ("solution", "free", "manual"):
            try:
                ast.parse(without_magics(cell.source))
            except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
                line = f"line {error.lineno}: {error.msg}" if isinstance(error, SyntaxError) else str(error)
                yield Finding("warning", str(cell), f"is no Python, so none of it runs: {line}")


def without_magics(source: str) -> str:
    """Return a cell without IPython's own lines."""
    if source.lstrip().startswith("%%"):
        return ""
    return "\n".join(
        "" if line.startswith(("%", "!", "?")) or line.endswith("?") else line for line in source.split("\n")
    )


def _banned(notebook: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    found = {}
    for cell, about in zip(notebook["cells"], cells_of(notebook), strict=True):
        told = cell.get("metadata", {}).get("classroom")
        names = told.get("banned") if isinstance(told, dict) else None
        if about.kind == "solution" and isinstance(names, list) and all(isinstance(n, str) for n in names):
            found[about.id] = tuple(names)
    return found


def _routes(mine: list[Cell], banned: dict[str, tuple[str, ...]]) -> Iterator[Finding]:
    from classroom.judge.banned import UNREADABLE, banned_routes

    for task, names in banned.items():
        for cell in mine:
            if cell.type == "code" and cell.kind not in ("given", "test"):
                for route in (words for words in banned_routes(cell.source, names) if words != UNREADABLE):
                    if cell.id == task:
                        yield Finding("problem", task, f"{cell} {route}, which this task does not allow")
                    else:
                        yield Finding(
                            "warning", task, f"{cell} {route}: it is left out when this task is tested"
                        )
