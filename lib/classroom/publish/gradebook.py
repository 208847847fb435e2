"""Results into an nbgrader course folder, so that its formgrader, feedback and exporters work on them."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classroom.intake.names import file_name
from classroom.notebooks import write
from classroom.publish.autograded import autograded
from classroom.publish.course import hides_tests, open_course, own_programs_first, place, publish_source
from classroom.publish.marks import Entry, write_marks
from classroom.publish.pages import utc
from classroom.publish.submitted import grade_id

ADDRESS = re.compile(r"[a-z0-9][a-z0-9_.-]{0,60}@[a-z0-9.-]{0,60}[a-z0-9]")
NO_CLEARING = (
    "nbgrader_config.py (GenerateFeedback.preprocessors) leaves hidden tests in nbgrader's feedback:"
    " give students the pages of `feedback`, not those of nbgrader"
)


@dataclass(frozen=True)
class Synced:
    """What a sync did: the course folder, the number of students, remarks for a person."""

    course: Path
    students: int
    notes: tuple[str, ...] = ()


def sync_gradebook(
    assignment: Any, rows: Sequence[Any], course: Path, submissions: Callable[[str], bytes | None]
) -> Synced:
    """Bring an nbgrader course folder and its gradebook up to date with the ledger.

    Doing it again changes nothing. What a person marked stays: manual scores, extra credit, comments.

    Args:
        assignment: what was graded
        rows: the ledger's rows
        course: nbgrader's course folder; it is made if it is not there
        submissions: gives the bytes of a submission, or None
    Raises:
        ClassroomError: if the gradebook holds marks for other cells than this version has
    """
    from nbgrader.api import Gradebook

    with own_programs_first():
        directory = open_course(course)
        publish_source(directory, assignment)
        with Gradebook(directory.db_url) as gradebook:
            template = _template(gradebook, assignment)
            entries = [_entry(directory, assignment, template, row, submissions(row.sha)) for row in rows]
            write_marks(gradebook, assignment.name, entries)
    return Synced(course, len(entries), () if hides_tests(course) else (NO_CLEARING,))


def student_name(student: str) -> str:
    """Return how nbgrader calls a student: the name itself if it can be a folder's, else one made from it."""
    return student if ADDRESS.fullmatch(student) else file_name(student)


def _template(gradebook: Any, assignment: Any) -> list[dict[str, Any]]:
    """Return the assignment's cells with the text and checksum that the gradebook holds for them."""
    held = {
        cell.name: cell for cell in gradebook.find_notebook(assignment.name, assignment.name).source_cells
    }
    template = []
    for cell in assignment.notebook["cells"]:
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        metadata = {}
        known = held.get(grade_id(cell))
        if known is not None:
            metadata = {"nbgrader": dict(cell["metadata"]["nbgrader"]) | {"checksum": known.checksum}}
            source = known.source
        template.append({"cell_type": cell["cell_type"], "metadata": metadata, "source": source})
    return template


def _entry(
    directory: Any, assignment: Any, template: list[dict[str, Any]], row: Any, data: bytes | None
) -> Entry:
    """Write the files of one student and return what the gradebook shall hold."""
    name = student_name(row.student)
    received = utc(row.received).replace(tzinfo=None)
    stamp = received.strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    notebook = autograded(template, row.outcome, data)
    files = {"submitted": data, "autograded": json.dumps(notebook, indent=1).encode()}
    renewed = False
    for kind, content in files.items():
        folder = place(directory, kind, name, assignment.name)
        folder.mkdir(parents=True, exist_ok=True)
        changed = content is not None and _put(folder / f"{assignment.name}.ipynb", content)
        renewed |= changed and kind == "submitted"
        write(folder / "timestamp.txt", stamp)
    scores, comments = _judged(notebook)
    return Entry(name, row.student, received, scores, comments, renewed)


def _put(path: Path, content: bytes) -> bool:
    """Write a file and return whether another one stood there."""
    there = path.read_bytes() if path.exists() else None
    if there == content:
        return False
    path.unlink(missing_ok=True)  # nbgrader leaves files that nobody may write to
    path.write_bytes(content)
    return there is not None


def _judged(notebook: dict[str, Any]) -> tuple[dict[str, float | None], dict[str, str | None]]:
    """Return what nbgrader itself reads from an autograded notebook: scores and comments by cell."""
    from nbformat import from_dict
    from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task

    scores, comments = {}, {}
    for cell in from_dict(notebook).cells:
        name = grade_id(cell)
        if is_grade(cell):
            scores[name] = determine_grade(cell)[0]
        if is_task(cell):
            scores[name] = None
        if is_solution(cell) or is_task(cell):
            untouched = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
            comments[name] = "No response." if untouched and not is_task(cell) else None
    return scores, comments
