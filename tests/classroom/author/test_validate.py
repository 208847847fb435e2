"""What a student is told before handing in, without running anything."""

import json

import pytest

from classroom.author.release import release
from classroom.author.validate import Finding, validate
from classroom.errors import ClassroomError
from tests.classroom.author.source_maker import save

DOUBLE, SHIFT = "def double(x):\n    return x + x", "def shift(x):\n    return x + 1"
EMPTY = {"double": "not answered yet", "shift": "not answered yet"}


@pytest.fixture
def released(tmp_path):
    return release("small-steps", save(tmp_path), tmp_path / "out", None)


def handed_in(released, **sources):
    """Return the path of a submission: the release with some cells' sources changed (None: cell deleted)."""
    notebook = json.loads(released.read_text(encoding="utf-8"))
    kept = []
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = sources.get(name, cell["source"])
        if cell["source"] is not None:
            kept.append(cell)
    path = released.with_name("mine.ipynb")
    path.write_text(json.dumps(notebook | {"cells": kept}), encoding="utf-8")
    return path


def told(path, against=None):
    return [(item.level, item.where, item.text) for item in validate(path, against, run=False)]


@pytest.mark.parametrize("compared", [True, False])
def test_a_whole_notebook_has_no_findings(released, compared):
    path = handed_in(released, double=DOUBLE, shift=SHIFT)
    assert told(path, released if compared else None) == []


def test_what_is_not_answered_is_told(released):
    assert told(released) == [("warning", task, text) for task, text in EMPTY.items()]


@pytest.mark.parametrize("compared", [True, False])
def test_a_missing_solution_cell_is_a_problem(released, compared):
    found = told(handed_in(released, double=None, shift=SHIFT), released if compared else None)
    assert [(level, where) for level, where, _ in found] == [("problem", "double")]
    assert "copy your code into the notebook as it was released" in found[0][2]


def test_missing_and_changed_tests_are_told_and_allowed(released):
    more = {"double-values": "1", "shift-values": None, "imports": "import torch as t", "tools": None}
    path = handed_in(released, double=DOUBLE, shift=SHIFT, **more)
    assert told(path, released) == [
        ("warning", "tools", "the given code is missing; the instructor's own is what counts"),
        ("warning", "imports", "the given code was changed; the instructor's own is what counts"),
        ("warning", "double-values", "the test cell was changed; the instructor's own is what counts"),
        ("warning", "shift-values", "the test cell is missing; the instructor's own is what counts"),
    ]
    assert told(path) == []


def test_a_copied_cell_is_told(released):
    notebook = json.loads(handed_in(released, double=DOUBLE, shift=SHIFT).read_text())
    notebook["cells"].append(next(c for c in notebook["cells"] if DOUBLE in "".join(c["source"])))
    path = released.with_name("mine.ipynb")
    path.write_text(json.dumps(notebook))
    assert told(path)[0][:2] == ("warning", "double")
    assert "stands in 2 cells" in told(path)[0][2]


def test_syntax_errors_are_told_with_their_line_and_magics_are_none(released):
    found = told(handed_in(released, double="%pip list\n!ls\n\ndef double(x):\n  return (", shift=SHIFT))
    assert [(level, where) for level, where, _ in found] == [("warning", "cell 6 (double)")]
    assert "is no Python, so none of it runs: line 5" in found[0][2]
    assert told(handed_in(released, double="%pip list\n" + DOUBLE, shift=SHIFT)) == []


def test_what_a_task_does_not_allow_is_found_in_any_cell(released):
    found = told(handed_in(released, double=DOUBLE, shift="import torch\ny = torch.mul\n" + SHIFT), released)
    assert [(level, where) for level, where, _ in found] == [("warning", "double")]
    assert found[0][2] == "cell 10 (shift) uses mul: it is left out when this task is tested"
    used = DOUBLE.replace("return", "torch.mul(x, 2)\n    return", 1)
    ((level, where, text), *_) = told(handed_in(released, double=used, shift=SHIFT), released)
    assert (level, where) == ("problem", "double")
    assert text.endswith("uses mul, which this task does not allow")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{", "is not valid JSON at line 1"),
        (b"\xff\xfe", "is not UTF-8 text (byte 0)"),
        (b"[]", "is JSON but no notebook"),
        (b'{"cells": [], "nbformat": 3}', "must be in notebook format 4"),
        (b'{"cells": [], "nbformat": 4}', "is another notebook"),
        (b"", "is not valid JSON"),
    ],
)
def test_files_that_cannot_be_graded(released, data, words):
    path = released.with_name("mine.ipynb")
    path.write_bytes(data)
    for against in (None, released):
        (level, where, text), *others = told(path, against)
        assert (level, where, others) == ("problem", "file", [])
        assert words in text


def test_a_file_that_is_too_large_is_not_read(released):
    notebook = json.loads(released.read_text())
    notebook["metadata"]["classroom"]["limits"]["notebook_mb"] = 0.001
    released.write_text(json.dumps(notebook))
    assert told(released, released) == [
        ("problem", "file", "has 0.0 MiB, at most 0.001 are read: clear outputs")
    ]


@pytest.mark.parametrize("about", [None, [], {"limits": 3}, {"limits": {"notebook_mb": "x"}}])
def test_broken_metadata_of_a_student_break_nothing(released, about):
    notebook = json.loads(released.read_text())
    notebook["metadata"]["classroom"] = about
    for cell in notebook["cells"]:
        cell["metadata"]["classroom"] = about
    released.write_text(json.dumps(notebook))
    assert told(released) == [("warning", task, text) for task, text in EMPTY.items()]


def test_a_missing_file_is_told(released):
    with pytest.raises(ClassroomError, match="no such file: name the notebook that you will hand in"):
        validate(released.with_name("none.ipynb"))
    with pytest.raises(ClassroomError, match=r"none.ipynb: cannot be read"):
        validate(released, released.with_name("none.ipynb"))


def test_tasks_pass_or_fail_by_what_the_run_says(released, monkeypatch):
    monkeypatch.setattr(
        "classroom.author.trial.try_checks", lambda *about: {"double": "", "shift": "of zero"}
    )
    path = handed_in(released, double=DOUBLE, shift=SHIFT)
    assert validate(path) == [
        Finding("passed", "double", "passes the public checks"),
        Finding("failed", "shift", "of zero"),
    ]
    empty = validate(released)
    assert [item.text for item in empty] == ["not answered yet", "not answered yet"]
