"""What intake finds, and what it hands on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Args:
        student: the student's id: that of the folder, the file, or the learning platform
        name: the name that Moodle or Canvas shows, else the id
        data: the notebook's bytes; None if there is a fault
        uri: where it was found
        received: when it was handed in, as far as the file tells
        fault: why there is nothing to grade, in one line; "" if there is
        note: what a person may want to know, such as which of several notebooks was taken
    """

    student: str
    name: str
    data: bytes | None
    uri: str
    received: datetime
    fault: str = ""
    note: str = ""


@dataclass(frozen=True)
class Found:
    """One entry of a folder or an archive, not read yet.

    Args:
        parts: its path below the root, part by part
        uri: where it was found
        received: when it was last written
        is_folder: whether it is a folder
        fault: why it must not be read; "" if it may be
        read: returns at most so many bytes of it; raises Unreadable
    """

    parts: tuple[str, ...]
    uri: str
    received: datetime
    is_folder: bool
    fault: str
    read: Callable[[int], bytes]


class Unreadable(Exception):
    """An entry could not be read; the message says why, in words that follow its name."""
