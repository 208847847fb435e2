"""The commands ``grade``, ``regrade`` and ``doctor``."""

import argparse
import os
import sys
from pathlib import Path

from classroom.notebooks import repository_root

LEDGER = "ledger.sqlite"


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the commands of this module."""
    grade = commands.add_parser("grade", help="grade submissions in the sandbox and keep the results")
    grade.add_argument("path", type=Path, metavar="FOLDER_OR_ZIP", help="what the students handed in")
    grade.add_argument("--assignment", required=True, metavar="NAME", help="a folder of --exercises")
    _shared(grade)
    grade.set_defaults(run=run_grade)
    regrade = commands.add_parser(
        "regrade", help="grade again, from the ledger, with the tests as they are now"
    )
    regrade.add_argument("assignment", metavar="ASSIGNMENT")
    regrade.add_argument("--check", action="store_true", help="change nothing: grade all again and compare")
    _shared(regrade)
    regrade.set_defaults(run=run_regrade)
    doctor = commands.add_parser("doctor", help="say whether the sandbox is real on this machine")
    doctor.set_defaults(run=run_doctor)


def _shared(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--exercises", type=Path, default=repository_root() / "exercises", metavar="FOLDER")
    parser.add_argument("--secret", type=Path, metavar="FILE", help="the course secret (made on first use)")
    parser.add_argument(
        "--db", default=LEDGER, metavar="URL", help="a file, or postgresql://... (ledger.sqlite)"
    )
    parser.add_argument("--workers", type=int, default=_cores(), metavar="N", help="processes (one a core)")
    parser.add_argument("--scheduler", metavar="tcp://...", help="send the work to this Dask cluster")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_grade(options: argparse.Namespace) -> int:
    """Take submissions in and grade them."""
    from classroom.author.secret import read_secret
    from classroom.author.source import load_assignment
    from classroom.engine.session import grade_waiting, open_ledger, take_in
    from classroom.intake import iterate_submissions
    from classroom.sandbox.bubblewrap import find_bubblewrap

    find_bubblewrap()
    secret = read_secret(options.secret)
    assignment = load_assignment(options.assignment, options.exercises, secret)
    with open_ledger(options.db) as ledger:
        found = iterate_submissions(options.path, assignment.name)
        print(f"{take_in(ledger, assignment, found)} submissions of {assignment.name} in {options.path}")
        summary = grade_waiting(ledger, assignment, secret, options.workers, options.scheduler)
        return _tell(ledger, assignment, summary)


def run_regrade(options: argparse.Namespace) -> int:
    """Grade what the ledger holds under the present version of the tests."""
    from classroom.author.secret import read_secret
    from classroom.author.source import load_assignment
    from classroom.engine.session import compare_again, grade_waiting, open_ledger

    secret = read_secret(options.secret)
    assignment = load_assignment(options.assignment, options.exercises, secret)
    with open_ledger(options.db) as ledger:
        if options.check:
            different = compare_again(ledger, assignment, secret, options.workers, options.scheduler)
            print("\n".join(different) or "every score came out the same")
            return int(bool(different))
        summary = grade_waiting(ledger, assignment, secret, options.workers, options.scheduler)
        return _tell(ledger, assignment, summary)


def _tell(ledger, assignment, summary) -> int:
    counts = ledger.counts(assignment.name, assignment.version)
    print(f"new: {summary.graded} graded, {summary.refused} could not be read (0 points, with the reason)")
    done = counts.graded + counts.refused
    print(f"in the ledger {ledger.name}: {done} of {counts.students} students have a grade")
    if summary.faults:
        print(
            f"{len(summary.faults)} could not be graded because the system failed; none of them got a grade:"
        )
        for said in sorted(set(summary.faults.values())):
            print(f"  {said}")
        print("Run the same command again: what is done stays.", file=sys.stderr)
    return int(bool(summary.faults))


def run_doctor(options: argparse.Namespace) -> int:
    """Try every wall of the sandbox and print what was found."""
    from classroom.sandbox.doctor import examine

    found = examine()
    for finding in found:
        print(f"{'ok  ' if finding.well else 'FAIL'} {finding.what}: {finding.seen}")
    well = all(finding.well for finding in found)
    print("The sandbox is real: submissions can be graded here." if well else "Nothing can be graded here.")
    return int(not well)
