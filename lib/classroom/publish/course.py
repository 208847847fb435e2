"""An nbgrader course folder: its configuration, and its source and release of an assignment."""

import copy
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from classroom.errors import ClassroomError
from classroom.notebooks import write
from classroom.publish.submitted import grade_id

CONFIG_NAME = "nbgrader_config.py"
CONFIG = """\
# What nbgrader does in this folder. Made once, never changed again: edit it as you like.
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import ClearHiddenTests, GetGrades

c = get_config()
# nbgrader's own feedback would show students the hidden tests: they are cut out first.
c.GenerateFeedback.preprocessors = [GetGrades, ClearHiddenTests, CSSHTMLHeaderPreprocessor]
"""


@contextmanager
def own_programs_first() -> Iterator[None]:
    """Put this environment's programs first on PATH: nbgrader starts ``alembic`` by its name."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


def open_course(folder: Path) -> Any:
    """Return nbgrader's view of a course folder; folder and configuration are made if they are not there."""
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config, PyFileConfigLoader

    folder.mkdir(parents=True, exist_ok=True)
    config = folder / CONFIG_NAME
    if not config.exists():
        write(config, CONFIG)
    try:
        loaded = PyFileConfigLoader(CONFIG_NAME, path=str(folder.resolve())).load_config()
    except Exception as error:
        raise ClassroomError(f"{config}: cannot be read: {type(error).__name__}: {error}") from error
    return CourseDirectory(root=str(folder.resolve()), config=Config(loaded))


def hides_tests(folder: Path) -> bool:
    """Return whether the configuration keeps hidden tests out of nbgrader's feedback."""
    return "ClearHiddenTests" in (folder / CONFIG_NAME).read_text(encoding="utf-8")


def place(course: Any, kind: str, student: str, assignment: str) -> Path:
    """Return nbgrader's folder for one student's "submitted" or "autograded" work; "." is nobody's."""
    return Path(course.format_path(getattr(course, f"{kind}_directory"), student, assignment))


def publish_source(course: Any, assignment: Any) -> None:
    """Write source and release and tell the gradebook the cells, unless all that is done already."""
    from nbgrader.api import Gradebook, MissingEntry
    from nbgrader.converters import GenerateAssignment
    from nbgrader.utils import capture_log, temp_attrs

    name = assignment.name
    source = place(course, "source", ".", name) / f"{name}.ipynb"
    source.parent.mkdir(parents=True, exist_ok=True)
    old = source.read_bytes() if source.exists() else None
    changed = write(source, json.dumps(_source(assignment.notebook), indent=1, ensure_ascii=False) + "\n")
    released = place(course, "release", ".", name) / f"{name}.ipynb"
    with Gradebook(course.db_url) as gradebook:
        try:
            gradebook.find_notebook(name, name)
        except MissingEntry:
            changed = True
    if not changed and released.exists():
        return
    with temp_attrs(course, assignment_id=name):
        result = capture_log(GenerateAssignment(coursedir=course, config=course.config, force=True))
    if not result["success"]:
        # What does not stand in the gradebook must not stand in the folder.
        source.unlink() if old is None else source.write_bytes(old)
        raise ClassroomError(_refusal(assignment, result))


def _source(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook with the whole of the checks in its first cell, as students get it."""
    from classroom.author.release import tools_source

    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        if grade_id(cell) == "tools":
            cell["source"] = tools_source()
    return notebook


def _refusal(assignment: Any, result: dict[str, Any]) -> str:
    told = f"{result.get('log') or ''}\n{result.get('error') or ''}"
    if "there are submissions associated with it" in told:
        return (
            f"{assignment.name}: the gradebook holds marks for other cells than this version has."
            " Sync into a new course folder; this one keeps the old version's marks"
        )
    last = [words for words in told.splitlines() if words.strip()][-1:]
    return f"{assignment.name}: nbgrader made no release of it: {' '.join(last)}"
