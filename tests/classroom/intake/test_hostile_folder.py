"""Folders that try to make intake read what it must not, or hang."""

import os
import socket
from functools import partial

import pytest

from classroom.errors import ClassroomError
from classroom.intake import folder as folder_module
from classroom.intake import read_submissions
from classroom.limits import Limits
from tests.classroom.intake.layouts import folder, read

GOOD = {"ann/gru/gru.ipynb": b"ann's"}


@pytest.fixture
def place(tmp_path):
    """A sound folder, and the path where bob's notebook is to be."""
    folder(tmp_path / "in", GOOD)
    path = tmp_path / "in/bob/gru/gru.ipynb"
    path.parent.mkdir(parents=True)
    return path


def check(place, fault):
    found = read(place.parents[2])
    assert found["ann"].data == b"ann's"
    assert (found["bob"].data, found["bob"].fault) == (None, fault)


@pytest.mark.parametrize("target", ["secret", "../../ann/gru/gru.ipynb", "nothing", "gru.ipynb"])
def test_a_link_is_not_followed(place, tmp_path, target):
    (tmp_path / "secret").write_bytes(b"not theirs")
    place.symlink_to(tmp_path / "secret" if target == "secret" else target)
    check(place, "gru.ipynb is a link, which is not followed")


def test_a_linked_folder_is_not_followed(place, tmp_path):
    folder(tmp_path / "away", {"gru.ipynb": b"not theirs", "gru/gru.ipynb": b"not theirs"})
    place.parent.rmdir()
    place.parent.symlink_to(tmp_path / "away")
    check(place, "the submission is a link, which is not followed")
    place.parent.unlink()
    place.parent.parent.rmdir()
    place.parent.parent.symlink_to(tmp_path / "away")
    check(place, "the submission is a link, which is not followed")


def test_a_pipe_is_never_opened(place):
    os.mkfifo(place)
    check(place, "gru.ipynb is a pipe, no file")


def test_a_socket_is_no_file(place, monkeypatch):
    monkeypatch.chdir(place.parent)  # a socket's path has little room
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(place.name)
    check(place, "gru.ipynb is a device or a socket, no file")


def test_a_folder_called_as_the_notebook_is_none(place):
    place.mkdir()
    check(place, "no notebook in the submission")


def test_a_notebook_may_be_as_large_as_the_limit_and_no_larger(place):
    place.write_bytes(b"x" * 2**20)
    root = place.parents[2]
    assert len(read(root, Limits(notebook_mb=1))["bob"].data) == 2**20
    place.write_bytes(b"x" * (2**20 + 1))
    assert read(root, Limits(notebook_mb=1))["bob"].fault == "gru.ipynb is larger than 1 MiB"


@pytest.mark.parametrize("late", ["link", "pipe", "folder-link", "gone"])
def test_what_changes_after_the_listing_is_not_read(place, tmp_path, late):
    place.write_bytes(b"bob's")
    (tmp_path / "secret.ipynb").write_bytes(b"not theirs")
    found = {entry.parts: entry for entry in folder_module.list_folder(place.parents[2])}
    place.unlink()
    if late == "link":
        place.symlink_to(tmp_path / "secret.ipynb")
    elif late == "pipe":
        os.mkfifo(place)
    elif late == "folder-link":
        place.parent.rmdir()
        folder(tmp_path / "away", {"gru.ipynb": b"not theirs"})
        place.parent.symlink_to(tmp_path / "away")
    with pytest.raises(folder_module.Unreadable, match=r"cannot be read|is no plain file"):
        found["bob", "gru", "gru.ipynb"].read(100)


def test_a_file_that_may_not_be_read_is_a_fault(place, monkeypatch):
    place.write_bytes(b"bob's")
    real = os.open

    def refuse(path, flags, *rest, **more):
        if path == "bob":
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    check(place, "gru.ipynb cannot be read: Permission denied")


def test_a_folder_that_may_not_be_listed_is_a_fault(place, monkeypatch):
    place.write_bytes(b"bob's")
    real = os.listdir

    def refuse(path):
        if path == place.parent:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "listdir", refuse)
    check(place, "the submission cannot be read: Permission denied")


def test_too_many_entries_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(folder_module, "MOST_ENTRIES", 3)
    folder(tmp_path, {f"{n}.ipynb": b"x" for n in range(4)})
    with pytest.raises(ClassroomError, match="more than 3 entries; is this the folder"):
        read_submissions(tmp_path, "gru")


def test_no_file_stays_open(place):
    place.write_bytes(b"bob's")
    count = partial(os.listdir, "/proc/self/fd") if os.path.isdir("/proc/self/fd") else list
    before = len(count())
    for _ in range(5):
        read(place.parents[2])
    place.unlink()
    os.mkfifo(place)
    read(place.parents[2])
    assert len(count()) == before
