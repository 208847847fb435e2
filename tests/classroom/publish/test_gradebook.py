"""The nbgrader course folder: same points, and nothing lost that a person marked."""

import os
import shutil
from datetime import timedelta

import pytest

from classroom.errors import ClassroomError
from classroom.publish.course import own_programs_first
from tests.classroom.publish import maker
from tests.classroom.publish.course_maker import HALF, gradebook, grades, grades_in, sync


def test_scores_are_those_of_the_ledger(course):
    data = maker.submission()
    row = maker.row("ada", HALF, data)
    done = sync(course, row, maker.row("bob"), files={row.sha: data})
    assert (done.students, done.notes) == (2, ())
    ada = grades(course, "ada")
    assert {name: grade["auto_score"] for name, grade in ada.items()} == {
        "gru_step-values": 0.5, "gru_step-batch": 1, "gcn_layer-layer": 0, "essay": None,
    }  # fmt: skip
    assert {name for name, grade in ada.items() if grade["needs_manual_grade"]} == {"essay"}
    with gradebook(course) as book:
        assert book.find_submission("gates", "ada").timestamp == maker.RECEIVED.replace(tzinfo=None)
        assert {one["student"]: one["code_score"] for one in book.submission_dicts("gates")} == {
            "ada": 1.5, "bob": 7,
        }  # fmt: skip


def test_second_sync_changes_nothing(course):
    data = maker.submission()
    row = maker.row("ada", HALF, data)
    states = []
    for _ in range(2):
        sync(course, row, maker.row("bob"), files={row.sha: data})
        with gradebook(course) as book:
            marks = [sorted(map(str, grades_in(book, student))) for student in ("ada", "bob")]
        files = {path: path.stat().st_mtime_ns for path in course.rglob("*.*") if path.suffix != ".db"}
        states.append((marks, files))
    assert states[0] == states[1]


def mark_by_hand(course):
    with gradebook(course) as book:
        essay = book.find_grade("essay", "gates", "gates", "ada")
        essay.manual_score, essay.needs_manual_grade = 2.5, False
        layer = book.find_grade("gcn_layer-layer", "gates", "gates", "ada")
        layer.manual_score, layer.extra_credit, layer.needs_manual_grade = 3, 0.5, False
        book.find_comment("essay", "gates", "gates", "ada").manual_comment = "Well said."
        book.db.commit()


def test_what_a_person_marked_stays(course):
    data = maker.submission()
    row = maker.row("ada", HALF, data)
    sync(course, row, files={row.sha: data})
    mark_by_hand(course)
    sync(course, row, files={row.sha: data})
    ada = grades(course, "ada")
    assert (ada["essay"]["manual_score"], ada["essay"]["needs_manual_grade"]) == (2.5, False)
    assert (ada["gcn_layer-layer"]["manual_score"], ada["gcn_layer-layer"]["extra_credit"]) == (3, 0.5)
    assert not ada["gcn_layer-layer"]["needs_manual_grade"]
    with gradebook(course) as book:
        assert book.find_comment("essay", "gates", "gates", "ada").comment == "Well said."
        assert book.find_submission("gates", "ada").score == 0.5 + 1 + 3.5 + 2.5


def test_new_submission_asks_for_another_look(course):
    data = maker.submission()
    row = maker.row("ada", HALF, data)
    sync(course, row, files={row.sha: data})
    mark_by_hand(course)
    later = maker.submission(essay="Another answer.")
    new = maker.row("ada", maker.outcome(), later, received=maker.RECEIVED + timedelta(days=1))
    sync(course, new, files={new.sha: later})
    ada = grades(course, "ada")
    assert ada["essay"]["manual_score"] == 2.5
    assert ada["essay"]["needs_manual_grade"]
    assert ada["gcn_layer-layer"]["auto_score"] == 4
    assert not ada["gru_step-values"]["needs_manual_grade"]


def test_untouched_answer_gets_no_points_and_says_so(course):
    data = maker.submission(essay="YOUR ANSWER HERE")
    row = maker.row("ada", HALF, data)
    sync(course, row, files={row.sha: data})
    essay = grades(course, "ada")["essay"]
    assert (essay["auto_score"], essay["needs_manual_grade"]) == (0, False)
    with gradebook(course) as book:
        assert book.find_comment("essay", "gates", "gates", "ada").comment == "No response."


def test_other_cells_need_a_new_folder(course):
    sync(course, maker.row("ada"))
    source = course / "source" / "gates" / "gates.ipynb"
    before = source.read_bytes()
    with pytest.raises(ClassroomError, match="new course folder"):
        sync(course, maker.row("ada"), assignment=maker.assignment(manual=False))
    assert source.read_bytes() == before
    sync(course, maker.row("ada"))


def test_configuration_of_the_teacher_is_kept_and_read(tmp_path):
    course = tmp_path / "other"
    course.mkdir()
    (course / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.autograded_directory = 'marked'\n"
    )
    done = sync(course, maker.row("ada"))
    assert (course / "marked" / "ada" / "gates" / "gates.ipynb").is_file()
    assert "hidden tests" in done.notes[0]
    (course / "nbgrader_config.py").write_text("1 +")
    with pytest.raises(ClassroomError, match=r"nbgrader_config\.py: cannot be read: SyntaxError"):
        sync(course, maker.row("ada"))


def test_alembic_of_this_environment_is_found_and_the_path_restored(monkeypatch):
    monkeypatch.setenv("PATH", os.defpath)
    with own_programs_first():
        assert shutil.which("alembic")
    assert os.environ["PATH"] == os.defpath
