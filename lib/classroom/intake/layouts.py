"""Whose is which file: the ways in which submissions lie in a folder or an archive.

nbgrader, ``submitted/`` or the folder above it::

    submitted/<student>/<assignment>/<assignment>.ipynb       timestamp.txt beside it: when it was handed in

Moodle, "Download all submissions", in folders and not. Older versions end the folder's name in ``_``; those
of people never do. The number is the participant's: "Participant 12345" in the grading worksheet::

    Full Name_12345_assignsubmission_file_/any/folders/x.ipynb
    Full Name_12345_assignsubmission_file_x.ipynb
    Full Name_12345_assignsubmission_onlinetext_/onlinetext.html       no notebook

Canvas, "Download submissions". The numbers are the user's and the upload's; later uploads have higher ones::

    lastfirst_123_456_x.ipynb        lastfirst_LATE_123_456_x-1.ipynb       -1: handed in again
    anon_a1b2c_456_x.ipynb           LATE_anon_a1b2c_456_x.ipynb            anonymous marking
    lastfirst_123_text.html          lastfirst_123_link.html                no notebook

Plain: ``<student>.ipynb``, side by side.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from classroom.intake.names import clean
from classroom.intake.submission import Found

MOODLE = re.compile(
    r"(?P<name>[^_]*?)(?:_(?P<id>\d+))?_assignsubmission_[a-z0-9]+(?:_(?P<file>.*))?", re.DOTALL
)
CANVAS = re.compile(
    r"(?P<name>.*?)(?:_LATE)?_(?P<id>\d+)_(?:(?P<upload>\d+)_(?P<file>.+)|(?:text|link)\.html)", re.DOTALL
)
ANONYMOUS = re.compile(
    r"(?:LATE_)?(?P<id>anon_[^\W_]+)_(?:(?P<upload>\d+)_(?P<file>.+)|(?:text|link)\.html)", re.DOTALL
)


@dataclass(frozen=True)
class Owner:
    """Whose an entry is, what the student called it ("" if it is no such file), and its upload's number.

    ``timed``: a timestamp.txt beside it is the platform's, not the student's.
    """

    student: str
    name: str
    file: str = ""
    upload: int = 0
    timed: bool = False


@dataclass(frozen=True)
class Layout:
    """One way of laying out submissions: whose an entry is, and how deep the layout speaks for all.

    A notebook down to that depth that is nobody's is a mistake, one below it lies there for other reasons.
    """

    name: str
    owner: Callable[[Found, str], Owner | None]
    depth: int

    def is_stray(self, entry: Found) -> bool:
        """Whether an entry that is nobody's should be somebody's."""
        return not entry.is_folder and len(entry.parts) <= self.depth and is_notebook(entry.parts[-1])


def recognise(found: list[Found], assignment: str) -> Layout | None:
    """Return the layout of some entries, None if it is none of ours."""
    tops = {entry.parts[0] for entry in found}
    for layout in (MOODLE_LAYOUT, CANVAS_LAYOUT):
        # One name that looks like it is a coincidence; these platforms name every entry in their way.
        if 2 * len({entry.parts[0] for entry in found if layout.owner(entry, assignment)}) > len(tops):
            return layout
    if any(entry.parts[1:2] == (assignment,) and _nbgrader(entry, assignment) for entry in found):
        return NBGRADER_LAYOUT
    return PLAIN_LAYOUT if any(_plain(entry, assignment) for entry in found) else None


def is_notebook(name: str) -> bool:
    return name.casefold().endswith(".ipynb")


def _nbgrader(entry: Found, assignment: str) -> Owner | None:
    student, *rest = entry.parts
    if rest[:1] == [assignment] and (entry.is_folder or entry.fault or len(rest) > 1):
        return Owner(clean(student), clean(student), rest[1] if len(rest) == 2 else "", timed=True)
    # A student's folder that is a link, or that nobody may read.
    return Owner(clean(student), clean(student)) if entry.fault and not rest else None


def _moodle(entry: Found, assignment: str) -> Owner | None:
    match = MOODLE.fullmatch(entry.parts[0])
    if match is None:
        return None
    name = clean(match["name"])
    return Owner(match["id"] or name, name, entry.parts[-1] if len(entry.parts) > 1 else match["file"] or "")


def _canvas(entry: Found, assignment: str) -> Owner | None:
    name = entry.parts[0]
    match = ANONYMOUS.fullmatch(name) or CANVAS.fullmatch(name)
    if match is None or len(entry.parts) > 1 or entry.is_folder:
        return None
    shown = clean(match.groupdict().get("name") or match["id"])
    return Owner(match["id"], shown, match["file"] or "", int(match["upload"] or 0))


def _plain(entry: Found, assignment: str) -> Owner | None:
    name = entry.parts[0]
    if len(entry.parts) > 1 or entry.is_folder or not is_notebook(name):
        return None
    student = clean(name[: -len(".ipynb")])
    return Owner(student, student, name)


MOODLE_LAYOUT = Layout("Moodle", _moodle, depth=99)
NBGRADER_LAYOUT = Layout("nbgrader", _nbgrader, depth=1)
CANVAS_LAYOUT = Layout("Canvas", _canvas, depth=99)
PLAIN_LAYOUT = Layout("a plain folder", _plain, depth=99)
