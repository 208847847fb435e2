"""Entries of a folder. Links are never followed, and only plain files are ever opened."""

import os
import stat
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from classroom.errors import ClassroomError
from classroom.intake.names import clean
from classroom.intake.submission import Found, Unreadable

MOST_ENTRIES = 100_000
DEEPEST = 8
KINDS = ((stat.S_ISLNK, "is a link, which is not followed"), (stat.S_ISFIFO, "is a pipe, no file"))


def list_folder(root: Path) -> list[Found]:
    """Return every entry below a folder; raise ClassroomError if there are too many to be submissions."""
    found: list[Found] = []
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        parts = waiting.pop()
        try:
            names = sorted(os.listdir(root.joinpath(*parts)))
        except OSError as error:
            if not parts:
                raise ClassroomError(f"{root} cannot be read: {error.strerror}") from error
            found.append(_entry(root, parts, f"cannot be read: {error.strerror}"))
            continue
        for name in names:
            entry = _entry(root, (*parts, name))
            found.append(entry)
            if entry.is_folder and len(entry.parts) < DEEPEST:
                waiting.append(entry.parts)
        if len(found) > MOST_ENTRIES:
            raise ClassroomError(
                f"{root}: more than {MOST_ENTRIES} entries; is this the folder of submissions?"
            )
    return found


def _entry(root: Path, parts: tuple[str, ...], fault: str = "") -> Found:
    path = root.joinpath(*parts)
    mode, moment = stat.S_IFREG, 0.0
    try:
        status = path.lstat()
        mode, moment = status.st_mode, status.st_mtime
    except OSError as error:  # it went, or the folder may be listed but not entered
        fault = fault or f"cannot be read: {error.strerror}"
    if not fault and not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        fault = next((words for is_kind, words in KINDS if is_kind(mode)), "is a device or a socket, no file")
    return Found(
        parts=parts,
        uri=clean(str(path)),
        received=datetime.fromtimestamp(moment, UTC),
        is_folder=stat.S_ISDIR(mode),
        fault=fault,
        read=partial(_read, root, parts),
    )


def _read(root: Path, parts: tuple[str, ...], size: int) -> bytes:
    """Open part by part: none may have become a link or a pipe since the folder was listed."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
        for part in parts:
            try:
                below = os.open(part, flags, dir_fd=handle)
            finally:
                os.close(handle)
            handle = below
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise Unreadable("is no plain file any more")
        with open(handle, "rb") as file:
            return file.read(size)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
