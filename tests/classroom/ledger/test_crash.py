"""Processes and servers that die in the middle: nothing is lost, doubled or half written."""

import random
import signal
import sqlite3
import threading
import time

import pytest

from classroom.ledger.database import LedgerUnavailable
from classroom.ledger.store import Ledger
from tests.classroom.ledger.outcomes import at, graded
from tests.classroom.ledger.processes import acknowledged, kept, start_writer
from tests.classroom.needs import HANG_SECONDS, needs_postgres
from tests.classroom.postgres import PostgresServer

TRIALS = 20
pytestmark = pytest.mark.slow


@pytest.fixture
def durable_server():
    server = PostgresServer(needs_postgres(), durable=True)
    server.start()
    yield server
    server.stop()


def test_a_killed_writer_leaves_whole_results_only(tmp_path):
    address, chance, told, there = str(tmp_path / "ledger.db"), random.Random(7), set(), set()
    for trial in range(TRIALS):
        writer = start_writer(address, f"w{trial}", max(0, len(there) - 2), 100_000)
        told |= {int(writer.stdout.readline()) for _ in range(chance.randrange(1, 6))}
        time.sleep(chance.uniform(0.0, 0.02))
        writer.kill()
        told |= acknowledged(writer)
        assert writer.returncode == -signal.SIGKILL
        there = kept(address)
        # The last one may be kept though its writer did not live to say so.
        assert told <= there
        assert there == set(range(len(there)))
        assert len(there) - len(told) <= trial + 1
    assert len(told) >= TRIALS
    connection = sqlite3.connect(address)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_a_killed_server_loses_and_doubles_nothing(durable_server):
    address = durable_server.new_database()
    writers = [start_writer(address, name, 0, 300) for name in ("a", "b")]
    chance = random.Random(7)
    for _ in range(3):
        time.sleep(chance.uniform(0.05, 0.3))
        durable_server.kill()
        durable_server.start()
    told = [acknowledged(writer) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    # Each result was new to exactly one of them, also where the answer was lost with the server.
    assert told[0] | told[1] == kept(address) == set(range(300))
    assert told[0] & told[1] == set()


def test_a_server_that_comes_back_in_time_is_waited_for(durable_server):
    with Ledger(durable_server.new_database(), patience=HANG_SECONDS) as ledger:
        ledger.set_version("v1", "gru")
        sha = ledger.add_submission("gru", "ann", b"x", "u", at(0))
        durable_server.kill()
        starter = threading.Timer(0.5, durable_server.start)
        starter.start()
        assert ledger.record(sha, "v1", graded(1.0), 1, "w") is True
        starter.join()
        assert len(ledger.results("gru", "v1")) == 1


def test_a_server_that_stays_away_is_reported_and_nothing_is_kept(durable_server):
    with Ledger(durable_server.new_database(), patience=0.2) as ledger:
        ledger.set_version("v1", "gru")
        sha = ledger.add_submission("gru", "ann", b"x", "u", at(0))
        durable_server.kill()
        with pytest.raises(LedgerUnavailable, match="postgresql://course:\\*\\*\\*@127"):
            ledger.record(sha, "v1", graded(1.0), 1, "w")
        durable_server.start()
        assert not ledger.known(sha, "v1")
        assert ledger.record(sha, "v1", graded(1.0), 1, "w") is True
