"""What the ledger answers with, as plain values."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from classroom.outcome import Outcome


@dataclass(frozen=True)
class SubmissionRow:
    """The submission of a student that counts."""

    student: str
    sha: str
    received: datetime
    uri: str


@dataclass(frozen=True)
class LedgerRow:
    """The result of a student's submission that counts.

    ``shared_with`` names the other students who ever handed in the same bytes for the assignment.
    """

    student: str
    sha: str
    received: datetime
    outcome: Outcome
    attempts: int
    worker: str
    finished: datetime
    uri: str = ""
    shared_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counts:
    """How far grading is: each student is either waiting, graded or refused."""

    students: int
    graded: int
    refused: int

    @property
    def waiting(self) -> int:
        return self.students - self.graded - self.refused


@dataclass(frozen=True)
class VersionRow:
    version: str
    description: str
    created: datetime


@dataclass(frozen=True)
class EventRow:
    at: datetime
    kind: str
    text: str


def event_lines(events: Iterable[EventRow]) -> str:
    """Return events for a file: one JSON object a line."""
    return "".join(
        json.dumps(asdict(event) | {"at": event.at.isoformat()}, ensure_ascii=False) + "\n"
        for event in events
    )
