"""Reading and writing: a bad file is named and left alone, a good one is written whole or not at all."""

import pytest

from classroom.notebooks import NotebookError, chapters, read, repository_root, write
from tests.classroom.notebook_maker import code, notebook, save


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"cells": [', "not valid JSON at line 1, column 12"),
        ("", "not valid JSON"),
        ("<<<<<<< HEAD\n{}", "not valid JSON at line 1"),
        ("[1]", "no notebook"),
        ('{"a": 1}', "no notebook"),
        ({"cells": [], "nbformat": 3}, "format 4, found 3"),
        ({"cells": [7], "nbformat": 4}, "cell 1: is no code"),
        ({"cells": [{"cell_type": "code"}], "nbformat": 4}, "cell 1: has no source"),
        (notebook(code(outputs=[{"output_type": "stream"}])), "cell 1: has a broken list of outputs"),
        (notebook(code(outputs=[{"output_type": "new"}])), "cell 1: has a broken list of outputs"),
    ],
)
def test_what_is_no_notebook_is_named(tmp_path, content, words):
    path = save(tmp_path / "a.ipynb", content)
    with pytest.raises(NotebookError, match=words) as error:
        read(path)
    assert str(error.value).startswith(str(path))


def test_a_file_that_is_not_text_or_not_there_is_named(tmp_path):
    (tmp_path / "a.ipynb").write_bytes(b"\xff\xfe")
    with pytest.raises(NotebookError, match="not UTF-8"):
        read(tmp_path / "a.ipynb")
    with pytest.raises(NotebookError, match="cannot be read: No such file"):
        read(tmp_path / "b.ipynb")


def test_writing_tells_whether_anything_changed_and_keeps_the_mode(tmp_path):
    path = save(tmp_path / "a.ipynb", "old")
    path.chmod(0o640)
    assert write(path, "new") is True
    assert write(path, "new") is False
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = save(tmp_path / "a.ipynb", "old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    path = save(tmp_path / "a.ipynb", "old")
    (tmp_path / "link.ipynb").symlink_to(path)
    write(tmp_path / "link.ipynb", "new")
    assert path.read_text() == "new"
    assert (tmp_path / "link.ipynb").is_symlink()


def test_chapters_are_found_from_any_folder_of_the_repository(tmp_path):
    save(tmp_path / "pyproject.toml", "")
    path = save(tmp_path / "chapters" / "part" / "a.ipynb", "")
    save(tmp_path / "chapters" / "part" / ".ipynb_checkpoints" / "a.ipynb", "")
    assert repository_root(path.parent) == tmp_path
    assert chapters(tmp_path) == [path]
