"""The ledger as the commands use it: submissions go in, results go in once, questions come out."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, Connection, Row, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from classroom.errors import ClassroomError
from classroom.ledger import queries
from classroom.ledger.address import parse_address
from classroom.ledger.database import Database
from classroom.ledger.migrate import current, head, upgrade
from classroom.ledger.models import Autograder, Content, Event, Result, Score, Submitted
from classroom.ledger.rows import Counts, EventRow, LedgerRow, SubmissionRow, VersionRow
from classroom.outcome import Outcome


class Ledger:
    """Submissions and results of a course, in a SQLite file or in PostgreSQL.

    Any number of processes may use one ledger at the same time. Opening it brings its tables up to date.

    Args:
        url: path of a file, or ``postgresql://user:password@host/database``
        patience: for how many seconds a database that does not answer is tried again

    Raises:
        LedgerUnavailable: by every method, when the database did not answer for that long. Opening waits only
            for another writer of the same file: that an address is wrong should be heard of at once.
    """

    def __init__(self, url: str | Path | URL, patience: float = 30.0) -> None:
        self._database = Database(parse_address(url), patience)
        self.name = self._database.name  # for messages: without the password
        try:
            if self._database.open(current) != head():
                self._database.open(upgrade, writes=True)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._database.engine.dispose()

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def set_version(self, version: str, assignment: str, description: str = "") -> None:
        """Make a version of the tests known, before its first result; doing it again changes nothing."""
        values = {"version": version, "assignment": assignment, "description": description}
        values["created"] = datetime.now(UTC)
        self._database.write(lambda connection: _put(connection, Autograder.__table__, values))

    def add_submission(self, assignment: str, student: str, data: bytes, uri: str, received: datetime) -> str:
        """Keep one handing-in and return the sha256 of its bytes; doing it again changes nothing."""
        sha = hashlib.sha256(data).hexdigest()
        values = {"assignment": assignment, "student": student, "sha": sha, "uri": uri, "received": received}

        def work(connection: Connection) -> None:
            _put(connection, Content.__table__, {"sha": sha, "data": data})
            _put(connection, Submitted.__table__, values)

        self._database.write(work)
        return sha

    def known(self, sha: str, version: str) -> bool:
        """Whether these bytes have a result under this version."""
        query = select(Result.sha).where(Result.sha == sha, Result.version == version)
        return self._database.read(lambda connection: connection.execute(query).first()) is not None

    def record(self, sha: str, version: str, outcome: Outcome, attempts: int, worker: str) -> bool:
        """Keep a result with all its scores, or nothing of it.

        Returns:
            True if it is new; False if there was one, which stays as it is
        Raises:
            ClassroomError: if the bytes or the version were never made known
        """
        values = {"sha": sha, "version": version, "status": outcome.status, "reason": outcome.reason}
        values |= {"points": outcome.points, "max_points": outcome.max_points, "attempts": attempts}
        values |= {"outcome": queries.to_text(outcome), "worker": worker, "finished": datetime.now(UTC)}
        values["receipt"] = receipt = uuid4().hex
        names = ("task", "test", "points", "max_points", "reason")
        scores = [
            {"sha": sha, "version": version, "position": position}
            | {name: getattr(test, name) for name in names}
            for position, test in enumerate(outcome.tests)
        ]

        def work(connection: Connection) -> bool:
            if not _put(connection, Result.__table__, values):
                # The row may be ours: written by a try whose answer was lost.
                query = select(Result.receipt).where(Result.sha == sha, Result.version == version)
                return connection.execute(query).scalar_one() == receipt
            if scores:
                connection.execute(insert(Score), scores)
            return True

        try:
            return self._database.write(work)
        except IntegrityError as error:
            text = f"the ledger knows no submission {sha} or no version {version}"
            raise ClassroomError(f"{text}: add_submission and set_version come first") from error

    def results(self, assignment: str, version: str) -> list[LedgerRow]:
        """Return what counts, by student: the latest submission's result. Ungraded ones are left out."""
        return self._database.read(lambda connection: queries.results(connection, assignment, version))

    def latest(self, assignment: str) -> list[SubmissionRow]:
        """Return the submission that counts of each student: received last; among equals, added last."""
        return self._database.read(lambda connection: queries.latest(connection, assignment))

    def counts(self, assignment: str, version: str) -> Counts:
        """Return how far grading is, over the submissions that count."""
        return self._database.read(lambda connection: queries.counts(connection, assignment, version))

    def versions(self, assignment: str) -> list[VersionRow]:
        """Return the versions of an assignment's tests, in the order in which they were made known."""
        return self._database.read(lambda connection: queries.versions(connection, assignment))

    def submission_bytes(self, sha: str) -> bytes:
        """Return the notebook of a sha; raise ClassroomError if the ledger has none."""
        query = select(Content.data).where(Content.sha == sha)
        data = self._database.read(lambda connection: connection.execute(query).scalar())
        if data is None:
            raise ClassroomError(f"the ledger {self.name} holds no submission {sha}")
        return bytes(data)

    def event(self, kind: str, text: str) -> None:
        """Add a line to the audit."""
        values = {"at": datetime.now(UTC), "kind": kind, "text": text, "receipt": uuid4().hex}
        self._database.write(lambda connection: _put(connection, Event.__table__, values))

    def events(self) -> list[EventRow]:
        """Return the audit, oldest line first."""
        return self._database.read(queries.events)


def _put(connection: Connection, table: Table, values: dict[str, object]) -> Row | None:
    """Insert a row unless its key is taken; return the new row's key, or None."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing()
    return connection.execute(statement.returning(*table.primary_key)).first()
