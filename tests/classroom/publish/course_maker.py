"""A course folder of nbgrader's, and what stands in it."""

import json

from classroom.outcome import CellOutput
from classroom.publish.gradebook import sync_gradebook
from tests.classroom.publish import maker

HALF = maker.outcome(
    (0.5, 1, 0),
    ("1 of 4 checks failed", "", "hidden check failed: one node"),
    ("values: <b>", "", ""),
    outputs=(CellOutput(2, "printed <script>", ""), CellOutput(3, "", "NameError: y\nx")),
)


def gradebook(course):
    from nbgrader.api import Gradebook

    return Gradebook(f"sqlite:///{course}/gradebook.db")


def sync(course, *rows, files=None, assignment=None):
    return sync_gradebook(assignment or maker.assignment(), rows, course, (files or {}).get)


def grades(course, student):
    with gradebook(course) as book:
        return {grade["name"]: grade for grade in grades_in(book, student)}


def grades_in(book, student):
    return [grade.to_dict() for grade in book.find_submission_notebook("gates", "gates", student).grades]


def notebook(course, kind, student):
    path = course / kind / student / "gates" / "gates.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))
