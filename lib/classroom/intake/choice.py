"""Which of one student's files counts, and its bytes."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from classroom.intake.layouts import Owner, is_notebook
from classroom.intake.names import clean
from classroom.intake.submission import Found, Submission, Unreadable

NO_NOTEBOOK = "no notebook in the submission"
AGAIN = re.compile(r"(?:-(\d+)| ?\((\d+)\))$")  # what Canvas and browsers add to a name that is taken


def submission_of(entries: list[tuple[Owner, Found]], assignment: str, megabytes: int) -> Submission:
    """Return what counts of one student's entries: the notebook named as the assignment, else the newest."""
    owner, first = max(entries, key=lambda pair: pair[1].received)
    nothing = Submission(owner.student, owner.name, None, first.uri, first.received, NO_NOTEBOOK)
    notebooks = [(o, e) for o, e in entries if is_notebook(o.file) and not e.is_folder]
    if not notebooks:
        faults = [entry for owner, entry in entries if entry.fault and not owner.file]
        return replace(nothing, fault=f"the submission {faults[0].fault}") if faults else nothing
    named = [pair for pair in notebooks if _is_named(pair[0].file, assignment)]
    best, second = [*sorted(named or notebooks, key=_age, reverse=True), None][:2]
    owner, entry = best
    chosen = replace(nothing, uri=entry.uri, received=_received(entries, entry), fault="")
    if second and _age(best) == _age(second):
        names = ", ".join(sorted(clean(o.file) for o, _ in notebooks))
        return replace(chosen, fault=f"several notebooks ({names}), none called {assignment}.ipynb or newest")
    if len(notebooks) > 1:
        why = "the newest" if second or not named else "named as the assignment"
        chosen = replace(chosen, note=f"{len(notebooks)} notebooks; taken: {clean(owner.file)}, {why}")
    return _with_data(chosen, entry, clean(owner.file), megabytes)


def _with_data(chosen: Submission, entry: Found, name: str, megabytes: int) -> Submission:
    if entry.fault:
        return replace(chosen, fault=f"{name} {entry.fault}")
    most = int(megabytes * 2**20)
    try:
        data = entry.read(most + 1)
    except Unreadable as error:
        return replace(chosen, fault=f"{name} {error}")
    if len(data) > most:
        return replace(chosen, fault=f"{name} is larger than {megabytes} MiB")
    return replace(chosen, data=data)


def _is_named(file: str, assignment: str) -> bool:
    stem = file[: -len(".ipynb")].casefold()
    return assignment.casefold() in (stem, AGAIN.sub("", stem))


def _age(pair: tuple[Owner, Found]) -> tuple[int, datetime, int]:
    owner, entry = pair
    again = AGAIN.search(owner.file[: -len(".ipynb")])
    return owner.upload, entry.received, int(again[1] or again[2]) if again else 0


def _received(entries: list[tuple[Owner, Found]], entry: Found) -> datetime:
    """Return the time of nbgrader's own timestamp.txt, if there is one that can be read, else the file's.

    In the other layouts a file of that name is the student's.
    """
    for owner, other in entries:
        if owner.timed and owner.file == "timestamp.txt" and not other.fault and not other.is_folder:
            try:
                day, clock, *zone = other.read(100).decode("utf-8").split()
                moment = datetime.fromisoformat(f"{day} {clock}")
                if moment.tzinfo is None:
                    moment = moment.replace(tzinfo=ZoneInfo(zone[0]) if zone else UTC)
                return moment.astimezone(UTC)
            except (Unreadable, ValueError, KeyError, OSError, OverflowError):
                break
    return entry.received
