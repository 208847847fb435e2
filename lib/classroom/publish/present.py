"""What the commands of this package begin with: the assignment, the ledger, and the results that count."""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from classroom.errors import ClassroomError

if TYPE_CHECKING:
    from classroom.author.source import Assignment
    from classroom.ledger.rows import LedgerRow
    from classroom.ledger.store import Ledger


def open_assignment(options: argparse.Namespace) -> "Assignment":
    """Return the assignment that a command names, as it is now."""
    from classroom.author.secret import read_secret
    from classroom.author.source import load_assignment

    return load_assignment(options.assignment, options.exercises, read_secret(options.secret))


def open_ledger(options: argparse.Namespace) -> "Ledger":
    """Open the ledger of a command; raise ClassroomError if its file is not there, rather than make one."""
    from classroom.ledger.address import parse_address
    from classroom.ledger.store import Ledger

    url = parse_address(options.db)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        raise ClassroomError(
            f"{url.database}: there is no ledger: grade submissions first, or name it with --db"
        )
    return Ledger(url)


def results_of(ledger: "Ledger", assignment: "Assignment") -> list["LedgerRow"]:
    """Return what counts; raise ClassroomError if there is nothing for the present version of the tests."""
    rows = ledger.results(assignment.name, assignment.version)
    counts = ledger.counts(assignment.name, assignment.version)
    name, version = assignment.name, assignment.version[:12]
    if not counts.students:
        raise ClassroomError(f"{ledger.name}: no student handed in {name}: run `classroom grade` first")
    if not rows:
        found = [f"{v[:12]} ({done} results)" for v, _, done in versions_of(ledger, assignment) if done]
        others = f"; there are for {', '.join(found)}" if found else ""
        raise ClassroomError(
            f"{ledger.name}: no results of {name} for its present version {version}{others}."
            f" The tests, the limits or the secret have changed: run `classroom regrade {name}`"
        )
    if counts.waiting:
        print(f"{counts.waiting} of {counts.students} students have no result yet: left out", file=sys.stderr)
    return rows


def versions_of(ledger: "Ledger", assignment: "Assignment") -> list[tuple[str, datetime, int]]:
    """Return the versions that the ledger knows, when each was made known, and its number of results."""
    found = []
    for row in ledger.versions(assignment.name):
        counts = ledger.counts(assignment.name, row.version)
        found.append((row.version, row.created, counts.graded + counts.refused))
    return found
