"""A grader in a process of its own: ``python writer.py ADDRESS NAME FIRST LAST``.

Records results FIRST .. LAST - 1, each under its own bytes, and prints the number of each one that was new.
"""

import sys

from classroom.ledger.store import Ledger
from tests.classroom.ledger.outcomes import at, graded


def data_of(number: int) -> bytes:
    return b"notebook %d" % number


def main(address: str, name: str, first: int, last: int) -> None:
    with Ledger(address, patience=600.0) as ledger:
        ledger.set_version("v1", "gru")
        print("ready", flush=True)
        for number in range(first, last):
            sha = ledger.add_submission("gru", f"s{number}", data_of(number), "u", at(number))
            if ledger.record(sha, "v1", graded(2.0, number / 7, 0.0), 1, name):
                print(number, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
