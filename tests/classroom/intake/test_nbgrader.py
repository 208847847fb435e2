"""nbgrader's folders, and plain ones."""

from datetime import UTC, datetime

import pytest

from classroom.errors import ClassroomError
from classroom.intake import read_submissions
from tests.classroom.intake.layouts import data, folder, read

COURSE = {
    "submitted/ann/gru/gru.ipynb": b"ann's",
    "submitted/bob/gru/gru.ipynb": b"bob's",
    "submitted/bob/gcn/gcn.ipynb": b"another assignment",
    "submitted/eve/gcn/gcn.ipynb": b"another assignment",
    "source/gru/gru.ipynb": b"ours",
}


def test_the_course_and_its_submitted_folder_give_the_same(tmp_path):
    root = folder(tmp_path, COURSE)
    assert data(root) == data(root / "submitted") == {"ann": b"ann's", "bob": b"bob's"}
    assert read(root)["bob"].uri == str(root / "submitted/bob/gru/gru.ipynb")


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        (b"2026-02-02 15:58:23.948203 UTC", 15),
        (b"2026-02-02 15:58:23.948203 America/New_York", 20),
        (b"2026-02-02 15:58:23.948203+02:00", 13),
        (b"2026-02-02 15:58:23.948203\n", 15),
    ],
)
def test_the_timestamp_says_when_it_was_handed_in(tmp_path, text, hour):
    root = folder(tmp_path, {**COURSE, "submitted/ann/gru/timestamp.txt": text})
    assert read(root)["ann"].received == datetime(2026, 2, 2, hour, 58, 23, 948203, UTC)


@pytest.mark.parametrize(
    "text", [b"yesterday", b"", b"\xff\xff", b"2026-02-02 15:58 Mars/Base", b"9" * 10**6]
)
def test_a_timestamp_that_is_none_leaves_the_time_of_the_file(tmp_path, text):
    root = folder(tmp_path, {**COURSE, "submitted/ann/gru/timestamp.txt": text})
    assert read(root)["ann"].received == datetime.fromtimestamp(1_700_000_000, UTC)


def test_a_student_without_notebook_has_a_row(tmp_path):
    root = folder(tmp_path, {**COURSE, "submitted/eve/gru/gru.pdf": b"x"})
    (root / "submitted/zoe/gru").mkdir(parents=True)
    found = read(root)
    assert {name: found[name].fault for name in ("eve", "zoe")} == dict.fromkeys(
        ("eve", "zoe"), "no notebook in the submission"
    )


def test_of_several_notebooks_the_assignments_own_counts_else_the_newest(tmp_path):
    files = {
        "ann/gru/gru.ipynb": b"named",
        "ann/gru/other.ipynb": b"newer",
        "ann/gru/.ipynb_checkpoints/gru-checkpoint.ipynb": b"newest",
        "bob/gru/first.ipynb": b"older",
        "bob/gru/second.ipynb": b"newer",
        "eve/gru/only.ipynb": b"only",
    }
    found = read(folder(tmp_path, files))
    assert {name: one.data for name, one in found.items()} == {
        "ann": b"named",
        "bob": b"newer",
        "eve": b"only",
    }
    assert found["ann"].note == "2 notebooks; taken: gru.ipynb, named as the assignment"
    assert found["bob"].note == "2 notebooks; taken: second.ipynb, the newest"
    assert found["eve"].note == ""


def test_equally_old_notebooks_are_refused(tmp_path):
    import os

    root = folder(tmp_path, {"ann/gru/a.ipynb": b"a", "ann/gru/b.ipynb": b"b"})
    os.utime(root / "ann/gru/a.ipynb", (0, 0))
    os.utime(root / "ann/gru/b.ipynb", (0, 0))
    assert read(root)["ann"].fault == "several notebooks (a.ipynb, b.ipynb), none called gru.ipynb or newest"


def test_a_plain_folder_is_one_notebook_a_student_in_any_script(tmp_path):
    decomposed = "Zoe\u0308"  # as macOS writes Zoë
    names = ["ann", "李雷", "o'neil", "a b", "Иван", "a.b.c", decomposed]
    root = folder(tmp_path, {f"{name}.ipynb": name.encode() for name in names} | {"README.md": b"x"})
    folder(root, {".ipynb_checkpoints/ann-checkpoint.ipynb": b"x", "._ann.ipynb": b"x"})
    assert data(root) == {name: name.encode() for name in names[:-1]} | {"Zoë": decomposed.encode()}


def test_a_file_name_that_is_no_text_is_shown_in_escapes(tmp_path):
    (tmp_path / "ann.ipynb").write_bytes(b"x")
    with open(bytes(tmp_path) + b"/b\xffb\n.ipynb", "wb") as file:
        file.write(b"y")
    assert data(tmp_path) == {"ann": b"x", "b\\xffb\\x0a": b"y"}


def test_notebooks_in_folders_beside_plain_ones_are_named(tmp_path):
    root = folder(tmp_path, {"ann.ipynb": b"x", "late/bob.ipynb": b"y"})
    found = read(root)
    assert found["ann"].data == b"x"
    assert found["late/bob.ipynb"].fault == "late/bob.ipynb is not where a plain folder puts a submission"


def test_one_odd_name_does_not_change_the_layout(tmp_path):
    names = ["ann", "bob", "x_1_assignsubmission_file_", "eve_1_2_x"]
    root = folder(tmp_path, {f"{name}.ipynb": name.encode() for name in names})
    assert data(root) == {name: name.encode() for name in names}


@pytest.mark.parametrize(
    "files", [{}, {"notes.txt": b"x"}, {"ann/gcn/gcn.ipynb": b"x", "bob/gcn/gcn.ipynb": b"x"}]
)
def test_a_folder_without_submissions_is_refused(tmp_path, files):
    with pytest.raises(ClassroomError, match="no submission found; expected submitted/<student>/gru/gru"):
        read_submissions(folder(tmp_path, files), "gru")


def test_a_path_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ClassroomError, match="no such folder or zip archive"):
        read_submissions(tmp_path / "missing", "gru")
