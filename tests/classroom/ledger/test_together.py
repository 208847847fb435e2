"""Several writers at once, and the same history on both databases."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from classroom.ledger.store import Ledger
from tests.classroom.ledger.outcomes import ODD, REFUSED, at, graded
from tests.classroom.ledger.processes import acknowledged, kept, start_writer
from tests.classroom.postgres import fresh_postgres_url, postgres_server  # noqa: F401

NEVER = datetime(1, 1, 1, tzinfo=UTC)


@pytest.mark.slow
def test_two_writers_of_the_same_results_keep_each_once(address):
    Ledger(address).close()
    writers = [start_writer(address, name, 0, 150) for name in ("a", "b")]
    first, second = (acknowledged(writer) for writer in writers)
    assert first | second == kept(address) == set(range(150))
    assert first & second == set()


@pytest.mark.slow
def test_an_empty_ledger_may_be_opened_by_many_at_once(address):
    import threading

    errors = []

    def open_it():
        try:
            Ledger(address).close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with Ledger(address) as ledger:
        assert ledger.versions("gru") == []


def history(address: str, seed: int) -> list[object]:
    """Do the same random things to an empty ledger and return every answer it gave."""
    chance, answers = random.Random(seed), []
    students = ["ann", "Ann", "bob", "Ünal", "李雷", "a b", "_z", "Z"]
    with Ledger(address) as ledger:
        for version in ("v1", "v2"):
            ledger.set_version(version, "gru", version)
        for _ in range(120):
            student, data = chance.choice(students), chance.choice([b"", b"\0\xff", b"x" * 5000, b"y"])
            sha = ledger.add_submission("gru", student, data, "u", at(chance.randrange(4)))
            version = chance.choice(["v1", "v2"])
            outcome = chance.choice([REFUSED, graded(chance.random(), text=ODD), graded(*[2.0] * 9)])
            answers += [sha, ledger.known(sha, version)]
            if chance.random() < 0.1:
                answers.append(ledger.record(sha, version, outcome, chance.randrange(3), "w"))
                ledger.event("grade", f"{student} {ODD}")
            answers += [ledger.counts("gru", version), ledger.latest("gru")]
            answers.append([replace(row, finished=NEVER) for row in ledger.results("gru", version)])
        answers.append([(event.kind, event.text) for event in ledger.events()])
        answers.append([(row.version, row.description) for row in ledger.versions("gru")])
    return answers


@pytest.mark.parametrize("seed", [0, 1])
def test_the_same_history_gives_equal_rows_on_both_databases(tmp_path, fresh_postgres_url, seed):  # noqa: F811
    here = history(str(tmp_path / "ledger.db"), seed)
    assert here == history(fresh_postgres_url, seed)
    assert any(
        row.shared_with for rows in here if isinstance(rows, list) for row in rows if hasattr(row, "worker")
    )
