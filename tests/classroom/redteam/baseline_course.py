"""A temporary nbgrader course for the baseline: made once, copied for each attack, read afterwards."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import classroom.checks
from tests.classroom.redteam.attack import RIGHT, Notebook, encoded, filled, find, source_notebook

CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "redteam"
c.Execute.timeout = 10
c.Execute.interrupt_on_timeout = True
"""
SCORES = """
select base_cell.name, grade.auto_score, grade.manual_score, grade.extra_credit from grade
join base_cell on base_cell.id = grade.cell_id
"""


def submitted(course: Path, student: str) -> Path:
    return course / "submitted" / student / "redteam" / "redteam.ipynb"


def make_course(course: Path) -> Notebook:
    """Make the course with nbgrader's own command; return the notebook as it is released."""
    source = source_notebook()
    find(source, "tools")["source"] = Path(classroom.checks.__file__).read_text(encoding="utf-8")
    folder = course / "source" / "redteam"
    folder.mkdir(parents=True)
    (folder / "redteam.ipynb").write_text(json.dumps(source), encoding="utf-8")
    (course / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    # nbgrader calls `alembic`, which it looks for on PATH.
    tools = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}
    command = [f"{tools}/nbgrader", "generate_assignment", "redteam"]
    done = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"nbgrader can't make the course:\n{done.stderr[-3000:]}")
    return json.loads((course / "release" / "redteam" / "redteam.ipynb").read_text(encoding="utf-8"))


def hand_in(template: Path, course: Path, book: Notebook, data: bytes, token: str) -> None:
    """Copy the course; put the attacker's submission and a classmate's, which holds ``token``, into it."""
    shutil.copytree(template, course)
    victim = filled(book, RIGHT)
    victim["cells"][0]["source"] = f"# My work\n\n{token}"
    for student, content in (("mallory", data), ("victim", encoded(victim))):
        path = submitted(course, student)
        path.parent.mkdir(parents=True)
        path.write_bytes(content)


def scores(course: Path) -> dict[str, float | None]:
    """Return the automatic points of each test cell; {} where there is no grade at all."""
    try:
        with sqlite3.connect(f"file:{course}/gradebook.db?mode=ro", uri=True) as base:
            return {name: auto for name, auto, _, _ in base.execute(SCORES)}
    except sqlite3.Error:
        return {}


def forged(course: Path) -> bool:
    """Return whether somebody gave points by hand, which nobody did."""
    try:
        with sqlite3.connect(f"file:{course}/gradebook.db?mode=ro", uri=True) as base:
            return any(manual or extra for _, _, manual, extra in base.execute(SCORES))
    except sqlite3.Error:
        return True


def fingerprint(course: Path) -> str:
    """Return a hash of what grading one student must not change: the tests and the classmate's work."""
    found = hashlib.sha256()
    for path in (course / "source" / "redteam" / "redteam.ipynb", submitted(course, "victim")):
        found.update(path.read_bytes() if path.is_file() else b"gone")
    try:
        with sqlite3.connect(f"file:{course}/gradebook.db?mode=ro", uri=True) as base:
            for row in base.execute("select source from source_cell order by id"):
                found.update(repr(row).encode())
    except sqlite3.Error:
        found.update(b"unreadable")
    return found.hexdigest()


def printed(course: Path) -> tuple[str, int]:
    """Return what the stored, graded notebook shows of cells' outputs, and the size of its file."""
    path = course / "autograded" / "mallory" / "redteam" / "redteam.ipynb"
    if not path.is_file():
        return "", 0
    size = path.stat().st_size
    if size > 60_000_000:
        return "", size
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8", errors="replace"))["cells"]
    return json.dumps([cell.get("outputs", []) for cell in cells], ensure_ascii=False), size
