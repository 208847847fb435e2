"""Start writers, and check what they left."""

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import create_engine, text

from classroom.ledger.address import parse_address
from classroom.ledger.store import Ledger
from tests.classroom.ledger.outcomes import graded

ROOT = Path(__file__).resolve().parents[3]
HALVES = """
SELECT count(*) FROM ledger_result r WHERE 3 <> (
    SELECT count(*) FROM ledger_score s WHERE s.sha = r.sha AND s.version = r.version)
"""


def start_writer(address: str, name: str, first: int, last: int) -> subprocess.Popen:
    """Start a writer and wait until it has opened the ledger."""
    command = [sys.executable, "-m", "tests.classroom.ledger.writer", address, name, str(first), str(last)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "lib")])}
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    assert writer.stdout.readline() == "ready\n"
    return writer


def acknowledged(writer: subprocess.Popen) -> set[int]:
    """Wait for the writer's end and return the results it was told to be kept."""
    # Not communicate(): with a time limit it reads past the lines that a readline() left in the buffer.
    with writer:
        lines = writer.stdout.read().splitlines()
    return {int(line) for line in lines if line.isdigit()}


def kept(address: str) -> set[int]:
    """Return the numbers of the results that are kept, having checked that each is whole and right."""
    engine = create_engine(parse_address(address))
    with engine.connect() as connection:
        halves = connection.execute(text(HALVES)).scalar()
        results = connection.execute(text("SELECT count(*) FROM ledger_result")).scalar()
        scores = connection.execute(text("SELECT count(*) FROM ledger_score")).scalar()
    engine.dispose()
    assert (halves, scores) == (0, 3 * results)
    with Ledger(address) as ledger:
        rows = ledger.results("gru", "v1")
    numbers = {int(row.student[1:]) for row in rows}
    assert len(numbers) == len(rows) == results
    assert all(row.outcome == graded(2.0, int(row.student[1:]) / 7, 0.0) for row in rows)
    return numbers
