"""Read the submissions of an assignment, wherever they come from: one a student, or why there is none."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from classroom.errors import ClassroomError
from classroom.intake.archive import open_archive
from classroom.intake.choice import submission_of
from classroom.intake.folder import list_folder
from classroom.intake.layouts import Layout, recognise
from classroom.intake.names import clean
from classroom.intake.submission import Found, Submission
from classroom.limits import Limits

EXPECTED = (
    "expected submitted/<student>/{0}/{0}.ipynb, a folder of <student>.ipynb, "
    "or a zip archive of Moodle or Canvas"
)
IGNORED = (".ipynb_checkpoints", "__MACOSX")


def read_submissions(
    path: Path, assignment: str, limits: Limits | None = None, encoding: str | None = None
) -> list[Submission]:
    """Return one submission for each student, in the order of their ids.

    Args:
        path: nbgrader's ``submitted`` or the folder above it, a folder of notebooks, or a zip archive
        assignment: the assignment's name
        limits: how large a notebook may be
        encoding: of names in an archive that do not tell theirs, such as cp850; None to guess
    Raises:
        ClassroomError: if there is nothing at the path, or nothing that looks like submissions
    """
    return list(iterate_submissions(path, assignment, limits, encoding))


def iterate_submissions(
    path: Path, assignment: str, limits: Limits | None = None, encoding: str | None = None
) -> Iterator[Submission]:
    """As ``read_submissions``, one at a time: only one notebook is held in memory."""
    megabytes = (limits or Limits()).notebook_mb
    with _entries(Path(path), encoding) as entries:
        found = [entry for entry in entries if entry.parts and not _ignored(entry)]
        layout, found = _recognised(found, assignment)
        if layout is None:
            raise ClassroomError(f"{path}: no submission found; {EXPECTED.format(assignment)}")
        of_student = defaultdict(list)
        strays = []
        for entry in found:
            if owner := layout.owner(entry, assignment):
                of_student[owner.student].append((owner, entry))
            elif layout.is_stray(entry):
                strays.append(entry)
        for student in sorted(of_student):
            yield submission_of(of_student[student], assignment, megabytes)
        for entry in strays:
            name = clean("/".join(entry.parts))
            fault = f"{name} {entry.fault or f'is not where {layout.name} puts a submission'}"
            yield Submission(name, name, None, entry.uri, entry.received, fault)


def _entries(path: Path, encoding: str | None) -> AbstractContextManager[list[Found]]:
    if path.is_dir():
        below = path / "submitted"
        return nullcontext(list_folder(below if below.is_dir() else path))
    if path.is_file():
        return open_archive(path, encoding)
    raise ClassroomError(f"{path}: no such folder or zip archive")


def _ignored(entry: Found) -> bool:
    name = entry.parts[-1]
    return (name.startswith(".") and name != "..") or any(part in IGNORED for part in entry.parts)


def _recognised(found: list[Found], assignment: str) -> tuple[Layout | None, list[Found]]:
    """Return the layout, and the entries below the one folder that holds them all, if there is one."""
    for _ in range(2):
        if layout := recognise(found, assignment):
            return layout, found
        if len({entry.parts[0] for entry in found}) != 1:
            break
        found = [replace(entry, parts=entry.parts[1:]) for entry in found if len(entry.parts) > 1]
    return None, found
