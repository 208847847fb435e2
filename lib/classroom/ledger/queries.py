"""The ledger's questions. Rows are put in order here: databases sort text each in its own way."""

import json
from collections import defaultdict
from dataclasses import asdict

from sqlalchemy import Connection, Subquery, func, select

from classroom.ledger.models import Autograder, Event, Result, Submitted
from classroom.ledger.rows import Counts, EventRow, LedgerRow, SubmissionRow, VersionRow
from classroom.outcome import Outcome


def to_text(outcome: Outcome) -> str:
    """Return an outcome as JSON in ASCII: students print NUL and half characters, databases refuse them."""
    return json.dumps(asdict(outcome))


def latest(connection: Connection, assignment: str) -> list[SubmissionRow]:
    rows = connection.execute(select(_latest(assignment)))
    found = [SubmissionRow(row.student, row.sha, row.received, row.uri) for row in rows]
    return sorted(found, key=lambda row: row.student)


def results(connection: Connection, assignment: str, version: str) -> list[LedgerRow]:
    last = _latest(assignment)
    query = select(last, Result.outcome, Result.attempts, Result.worker, Result.finished)
    rows = connection.execute(query.join(Result, Result.sha == last.c.sha).where(Result.version == version))
    sharers = _sharers(connection, assignment)
    found = [
        LedgerRow(
            student=row.student,
            sha=row.sha,
            received=row.received,
            outcome=Outcome.from_json(row.outcome),
            attempts=row.attempts,
            worker=row.worker,
            finished=row.finished,
            uri=row.uri,
            shared_with=tuple(sorted(sharers.get(row.sha, set()) - {row.student})),
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: row.student)


def counts(connection: Connection, assignment: str, version: str) -> Counts:
    last = _latest(assignment)
    joined = last.outerjoin(Result, (Result.sha == last.c.sha) & (Result.version == version))
    query = select(Result.status, func.count()).select_from(joined).group_by(Result.status)
    found = {row[0]: row[1] for row in connection.execute(query)}
    return Counts(sum(found.values()), found.get("graded", 0), found.get("refused", 0))


def versions(connection: Connection, assignment: str) -> list[VersionRow]:
    query = select(Autograder.version, Autograder.description, Autograder.created)
    rows = connection.execute(query.where(Autograder.assignment == assignment))
    return sorted((VersionRow(*row) for row in rows), key=lambda row: (row.created, row.version))


def events(connection: Connection) -> list[EventRow]:
    query = select(Event.at, Event.kind, Event.text).order_by(Event.id)
    return [EventRow(*row) for row in connection.execute(query)]


def _latest(assignment: str) -> Subquery:
    order = (Submitted.received.desc(), Submitted.id.desc())
    place = func.row_number().over(partition_by=Submitted.student, order_by=order).label("place")
    columns = Submitted.student, Submitted.sha, Submitted.received, Submitted.uri
    ranked = select(*columns, place).where(Submitted.assignment == assignment).subquery()
    return select(ranked).where(ranked.c.place == 1).subquery()


def _sharers(connection: Connection, assignment: str) -> dict[str, set[str]]:
    mine = Submitted.assignment == assignment
    several = func.count(Submitted.student.distinct()) > 1
    shared = select(Submitted.sha).where(mine).group_by(Submitted.sha).having(several)
    query = select(Submitted.sha, Submitted.student).where(mine, Submitted.sha.in_(shared))
    found = defaultdict(set)
    for sha, student in connection.execute(query):
        found[sha].add(student)
    return found
