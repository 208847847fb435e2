"""The notebooks of a course folder: what markers and students open."""

import json
from dataclasses import replace

import pytest

from classroom.publish.gradebook import student_name
from tests.classroom.publish import maker
from tests.classroom.publish.course_maker import HALF, gradebook, grades, notebook, sync


def test_nbgrader_reads_the_same_points_from_the_notebook(course):
    from nbformat import from_dict, validate
    from nbgrader.utils import determine_grade, is_grade

    data = maker.submission(extra="1 + y")
    row = maker.row("ada", HALF, data)
    sync(course, row, files={row.sha: data})
    made = from_dict(notebook(course, "autograded", "ada"))
    validate(made)
    got = {cell.metadata.nbgrader.grade_id: determine_grade(cell)[0] for cell in made.cells if is_grade(cell)}
    assert got == {"gru_step-values": 0.5, "gru_step-batch": 1, "gcn_layer-layer": 0, "essay": None}
    sources = [cell.source for cell in made.cells]
    assert any(maker.SECRET_LINE in source for source in sources)  # the marker sees the whole test
    assert sources.index("1 + y") == sources.index("def gru_step(x):\n    return x") + 1


def test_release_holds_no_solution_and_no_hidden_test(course):
    text = (course / "release" / "gates" / "gates.ipynb").read_text(encoding="utf-8")
    assert maker.SECRET_LINE not in text
    assert "return 41 + x" not in text
    assert "assert gru_step(1) == 1" in text
    assert maker.SECRET_LINE in (course / "source" / "gates" / "gates.ipynb").read_text(encoding="utf-8")


def test_nothing_active_of_a_student_reaches_the_marker(course):
    evil = "<script>alert(1)</script>"
    cells = json.loads(maker.submission(gru="x \u202e", essay=f"{evil} [a](javascript:alert(1))"))
    for cell in cells["cells"]:
        cell["metadata"]["nbgrader"]["points"] = 100
        cell["metadata"]["widgets"] = evil
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "display_data", "data": {"text/html": evil}, "metadata": {}}]
    cells["metadata"]["language_info"] = {"name": evil, "pygments_lexer": evil}
    data = json.dumps(cells).encode()
    row = maker.row("ada", replace(HALF, outputs=()), data)
    sync(course, row, files={row.sha: data})
    text = (course / "autograded" / "ada" / "gates" / "gates.ipynb").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "text/html" not in text
    assert "](javascript" not in text
    assert "U+202E" in text
    assert (course / "submitted" / "ada" / "gates" / "gates.ipynb").read_bytes() == data


@pytest.mark.parametrize("data", [b"no notebook", b"\xff", None])
def test_refused_file_has_a_reason_and_no_points(course, data):
    row = maker.row("ada", replace(maker.refused("too <b>large"), tests=()), data or b"")
    sync(course, row, files={row.sha: data})
    assert sum(grade["auto_score"] or 0 for grade in grades(course, "ada").values()) == 0
    first = notebook(course, "autograded", "ada")["cells"][0]
    assert "too < b>large" in first["source"]
    assert (course / "submitted" / "ada" / "gates" / "timestamp.txt").is_file()


def test_names_become_safe_folders(course):
    names = ["../../up", "a/b", "Ada", "ada", "ada@example.org", "müller", "x*[y]"]
    sync(course, *(maker.row(name) for name in names))
    assert len({student_name(name).casefold() for name in names}) == len(names)
    assert student_name("ada@example.org") == "ada@example.org"
    assert {path.name for path in (course / "autograded").iterdir()} == {student_name(name) for name in names}
    with gradebook(course) as book:
        assert book.find_student(student_name("a/b")).lms_user_id == "a/b"
        assert len(book.submission_dicts("gates")) == len(names)
