"""Write the made class of an assignment, in nbgrader's layout."""

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom.author.answers import read_answers
from classroom.author.release import released_notebook
from classroom.errors import ClassroomError
from classroom.example.recipes import CLASS, plan

if TYPE_CHECKING:
    from classroom.author.source import Assignment, Task

BODIES = {
    "syntax": "def oops(:\n    return 1",
    "hangs": "while True:\n    pass",
    "crashes": "import os\nos._exit(1)",
}
RAISES = "raise ValueError('not done yet')"


def write_class(assignment: "Assignment", exercises: Path, out: Path) -> Path:
    """Write ``<out>/submitted/<student>/<assignment>/<assignment>.ipynb`` for each student of the made class.

    Raises ClassroomError if the folder is there already, or the assignment has too few answers.
    """
    folder = out / "submitted"
    if folder.exists():
        raise ClassroomError(f"{folder} is there already: name another folder, or remove it")
    answers = read_answers(assignment, exercises)
    if not answers.right or not answers.wrong:
        raise ClassroomError(f"{assignment.name}: the made class needs right and wrong answers in answers/")
    tasks = {task.id: task for task in assignment.tasks}
    released = released_notebook(assignment, exercises)
    for number, (student, recipe) in enumerate(CLASS.items()):
        cells, file = plan(recipe, list(tasks))
        sources = {name: _source(tasks[name], what, answers, number) for name, what in cells.items()}
        data = _file(_notebook(released, sources), file)
        place = folder / student / assignment.name
        place.mkdir(parents=True)
        (place / f"{assignment.name}.ipynb").write_bytes(data)
    return folder


def _source(task: "Task", what: str, answers: Any, number: int) -> str:
    if what == "right":
        choices = [answer[task.id] for answer in answers.right if task.id in answer]
        return choices[number % len(choices)] if choices else task.solution
    if what == "wrong":
        choices = [answer.cells[task.id] for answer in answers.wrong if task.id in answer.loses]
        return choices[number % len(choices)] if choices else task.stub
    if what in ("reference", "floods"):
        return task.solution + ("\nprint('x' * 100_000_000)" if what == "floods" else "")
    if what == "blank":
        return task.stub
    return BODIES.get(what) or _ending(task.stub, RAISES if what == "raises" else "return None")


def _ending(stub: str, line: str) -> str:
    """Return the stub with another last line."""
    head, _, last = stub.rstrip().rpartition("\n")
    return f"{head}\n{last[: len(last) - len(last.lstrip())]}{line}"


def _notebook(released: dict[str, Any], sources: dict[str, str]) -> dict[str, Any]:
    """Return the released notebook with a student's code in the solution cells."""
    notebook = copy.deepcopy(released)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = sources.get(name, cell["source"])
    return notebook


def _file(notebook: dict[str, Any], what: str) -> bytes:
    """Return the notebook as bytes, after what is done to the whole file."""
    cells = notebook["cells"]
    if what == "repeated":
        cells.append(
            copy.deepcopy(next(c for c in cells if c["metadata"].get("nbgrader", {}).get("solution")))
        )
    elif what == "reordered":
        cells.reverse()
        cells.sort(key=lambda cell: cell["metadata"].get("nbgrader", {}).get("grade", False))
    elif what == "no-tests":
        notebook["cells"] = [c for c in cells if not c["metadata"].get("nbgrader", {}).get("grade")]
    elif what == "other-kernel":
        notebook["metadata"]["kernelspec"] = {
            "name": "conda-env-mine-py",
            "display_name": "mine",
            "language": "python",
        }
    elif what == "pictures":
        picture = {
            "output_type": "display_data",
            "metadata": {},
            "data": {"image/png": "iVBORw0KGgo=" * 100_000},
        }
        next(cell for cell in cells if cell["cell_type"] == "code")["outputs"] = [picture]
    elif what == "another":
        notebook["cells"] = [
            {"cell_type": "markdown", "metadata": {}, "source": "My shopping list", "id": "a"}
        ]
    data = json.dumps(notebook, ensure_ascii=False).encode()
    endings = {
        "truncated": data[: len(data) // 2],
        "empty": b"",
        "latin-1": '{"caf\u00e9": 1}'.encode("latin-1"),
    }
    return endings.get(what, data)
