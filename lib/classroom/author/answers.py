"""An assignment's own answers: right ones written differently, and the standing list of mistakes."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classroom.errors import ClassroomError

if TYPE_CHECKING:
    from classroom.author.source import Assignment

HEADING = re.compile(r"^# task: *(\S+) *$", re.MULTILINE)
LOSES = re.compile(r"# loses: *(.+)")


@dataclass(frozen=True)
class WrongAnswer:
    """A plausible mistake: the tasks that must lose points by it, and its cells."""

    name: str
    loses: tuple[str, ...]
    cells: dict[str, str]


@dataclass(frozen=True)
class Answers:
    """Right answers as task -> cell, wrong ones with what they lose; absent tasks take the reference."""

    right: tuple[dict[str, str], ...]
    wrong: tuple[WrongAnswer, ...]


def read_answers(assignment: "Assignment", exercises: Path) -> Answers:
    """Read ``<exercises>/<assignment>/answers/{right,wrong}-*.py`` with the assignment's variants chosen."""
    folder = exercises / assignment.name / "answers"
    right = tuple(_cells(path, assignment) for path in sorted(folder.glob("right-*.py")))
    return Answers(right, tuple(_wrong(path, assignment) for path in sorted(folder.glob("wrong-*.py"))))


def _wrong(path: Path, assignment: "Assignment") -> WrongAnswer:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    found = LOSES.fullmatch(first.strip())
    cells = _cells(path, assignment)
    loses = tuple(name.strip() for name in found[1].split(",")) if found else ()
    unknown = set(loses) - {task.id for task in assignment.tasks}
    if not loses or unknown:
        raise ClassroomError(f"{path}: the first line must be `# loses: <task>[, ...]`, got {first!r}")
    return WrongAnswer(path.stem, loses, cells)


def _cells(path: Path, assignment: "Assignment") -> dict[str, str]:
    from classroom.author.variants import resolve

    text = resolve(path.read_text(encoding="utf-8"), {task.id: task.variant for task in assignment.tasks})
    parts = HEADING.split(text)[1:]
    cells = {name: body.strip() + "\n" for name, body in zip(parts[::2], parts[1::2], strict=True)}
    if unknown := cells.keys() - {task.id for task in assignment.tasks}:
        raise ClassroomError(f"{path}: no such task: {', '.join(sorted(unknown))}")
    return cells
