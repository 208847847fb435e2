"""The connection to a ledger's database, made alike for SQLite and PostgreSQL."""

import os
import time
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from classroom.errors import ClassroomError
from classroom.ledger.address import shown

BUSY_SECONDS = 10  # how long SQLite itself waits for another writer
PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_FULL", "SQLITE_CANTOPEN")

T = TypeVar("T")


class LedgerUnavailable(ClassroomError):
    """The database did not answer for as long as the caller was ready to wait; nothing was half written."""


def make_engine(url: URL) -> Engine:
    """Return an engine; nothing is opened yet, but a missing file is made, for its owner's eyes only."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    # A server that vanished without a word is given up after these times, not after the system's hours.
    patience = {"connect_timeout": 5, "tcp_user_timeout": 15_000}
    arguments = {name: value for name, value in patience.items() if name not in url.query}
    return create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=arguments)


def _sqlite(url: URL) -> Engine:
    try:
        os.close(os.open(str(url.database), os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise LedgerUnavailable(f"the ledger {shown(url)} cannot be opened: {error.strerror}") from error
    options = {"timeout": BUSY_SECONDS, "isolation_level": None}
    engine = create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=options)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reader that turns writer midway is refused at once; a writer from the start waits its turn.
        writes = connection.get_execution_options().get("writes", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


class Database:
    """One engine, and the patience to get through a restart of the server.

    Args:
        url: where the database is
        patience: for how many seconds a lost database is tried again
    """

    def __init__(self, url: URL, patience: float) -> None:
        self.name = shown(url)
        self.patience = patience
        self.engine = make_engine(url)
        self._reading = self.engine.execution_options(writes=False)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do work in one transaction; it is done again from the start when the database was lost."""
        return self._patiently(self.engine, work, self.patience)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Do work that writes nothing."""
        return self._patiently(self._reading, work, self.patience)

    def open(self, work: Callable[[Connection], T], writes: bool = False) -> T:
        """Do the first work of all: a server is asked once, a file that another holds is waited for."""
        engine = self.engine if writes else self._reading
        return self._patiently(engine, work, self.patience if self.engine.dialect.name == "sqlite" else 0.0)

    def _patiently(self, engine: Engine, work: Callable[[Connection], T], patience: float) -> T:
        end, pause = time.monotonic() + patience, 0.05
        while True:
            try:
                with engine.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                if not _lost(error):
                    raise
                if not _may_pass(error) or time.monotonic() + pause > end:
                    raise LedgerUnavailable(f"the ledger {self.name}: {_words(error)}") from error
            time.sleep(pause)
            pause = min(2 * pause, 1.0)


def _lost(error: DBAPIError) -> bool:
    """Whether the database is the trouble, not the statement."""
    if error.connection_invalidated or isinstance(error, OperationalError | InterfaceError):
        return True
    return getattr(error.orig, "sqlite_errorname", "") in ("SQLITE_NOTADB", "SQLITE_CORRUPT")


def _may_pass(error: DBAPIError) -> bool:
    name = getattr(error.orig, "sqlite_errorname", None)
    return name is None or name.startswith(PASSING)


def _words(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())[:300]
