"""Lost answers and locked files, made on purpose."""

import sqlite3

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from classroom.ledger import database
from classroom.ledger.database import LedgerUnavailable
from classroom.ledger.store import Ledger
from tests.classroom.ledger.outcomes import at, graded
from tests.classroom.needs import HANG_SECONDS


@pytest.fixture
def ledger(address):
    with Ledger(address, patience=HANG_SECONDS) as opened:
        opened.set_version("v1", "gru")
        yield opened


def lose(ledger, moment: str) -> list[str]:
    """Let the connection be lost once, at ``moment`` of the next transaction; return what happened."""
    happened = []

    def fail(*_):
        happened.append(moment)
        if len(happened) == 1:
            raise OperationalError("lost", {}, ConnectionError("lost"), connection_invalidated=True)

    event.listen(ledger._database.engine, moment, fail)
    return happened


def lose_answer(ledger) -> list[str]:
    """Let the next commit reach the database, and its answer not reach us."""
    happened = []
    commit = ledger._database.engine.dialect.do_commit

    def lost(connection):
        commit(connection)
        happened.append("commit")
        if len(happened) == 1:
            raise OperationalError("lost", {}, ConnectionError("lost"), connection_invalidated=True)

    ledger._database.engine.dialect.do_commit = lost
    return happened


def test_a_commit_that_was_lost_is_done_again(ledger):
    sha = ledger.add_submission("gru", "ann", b"x", "u", at(0))
    happened = lose(ledger, "commit")
    assert ledger.record(sha, "v1", graded(1.0, 2.0), 1, "w") is True
    assert happened == ["commit", "commit"]
    assert len(ledger.results("gru", "v1")) == 1


def test_a_commit_whose_answer_was_lost_counts_as_ours(ledger):
    sha = ledger.add_submission("gru", "ann", b"x", "u", at(0))
    happened = lose_answer(ledger)
    assert ledger.record(sha, "v1", graded(1.0, 2.0), 1, "w") is True
    assert len(happened) > 1
    assert ledger.record(sha, "v1", graded(1.0, 2.0), 1, "w") is False


def test_an_event_whose_answer_was_lost_is_kept_once(ledger):
    lose_answer(ledger)
    ledger.event("grade", "once")
    assert len(ledger.events()) == 1


@pytest.fixture
def hurried(tmp_path, monkeypatch):
    """A ledger in a file that waits for nobody, and a connection of someone else to the same file."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    with Ledger(tmp_path / "ledger.db", patience=0.2) as ledger:
        ledger.set_version("v1", "gru")
        other = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
        yield ledger, other
        other.close()


def test_a_writer_that_never_ends_is_reported_and_readers_go_on(hurried):
    ledger, other = hurried
    sha = ledger.add_submission("gru", "ann", b"x", "u", at(0))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerUnavailable, match="locked"):
        ledger.record(sha, "v1", graded(1.0), 1, "w")
    assert ledger.counts("gru", "v1").waiting == 1
    other.execute("ROLLBACK")
    assert ledger.record(sha, "v1", graded(1.0), 1, "w") is True


def test_a_file_is_kept_safe_against_power_cuts(hurried):
    ledger, _ = hurried

    def pragmas(connection):
        names = ("journal_mode", "synchronous", "foreign_keys")
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    assert ledger._database.read(pragmas) == ["wal", 2, 1]
