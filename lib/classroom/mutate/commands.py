"""The command ``check-tests``."""

import argparse
import os
import sys
import time
from pathlib import Path

from classroom.notebooks import repository_root


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command of this module."""
    check = commands.add_parser(
        "check-tests", help="try right, wrong and spoiled answers on an assignment's tests"
    )
    check.add_argument("assignment", metavar="ASSIGNMENT", help="its folder in the exercises")
    check.add_argument("--exercises", type=Path, metavar="FOLDER", help="all assignments (exercises/)")
    check.add_argument(
        "--secret", type=Path, metavar="FILE", help="draw the hidden inputs from this secret (a fixed one)"
    )
    check.add_argument("--list", action="store_true", help="only print the mutants")
    check.add_argument("--workers", type=int, default=_cores(), metavar="N", help="processes (one a core)")
    check.set_defaults(run=run_check_tests)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_check_tests(options: argparse.Namespace) -> int:
    """Examine the tests, print a table and what is wrong; exit with 0 only if nothing is."""
    exercises = options.exercises or repository_root() / "exercises"
    if options.list:
        return _list(options.assignment, exercises)
    from classroom.author.secret import read_secret
    from classroom.mutate.examine import SECRET, examine
    from classroom.sandbox.bubblewrap import find_bubblewrap

    find_bubblewrap()
    secret, started = read_secret(options.secret) if options.secret else SECRET, time.monotonic()
    with _bar() as bar:

        def tick(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        report = examine(options.assignment, exercises, max(options.workers, 1), secret, tick)
    print(report.table())
    print(f"{report.share}; {report.draws} gradings over other inputs; {time.monotonic() - started:.0f} s")
    for task, way, reason in dict.fromkeys(report.skipped):
        print(f"left out: {task}: {way}: {reason}")
    for fault in report.faults:
        print(fault, file=sys.stderr)
    count = len(report.faults)
    print(f"{count} faults" if count else "Every answer got what it must: these tests can be trusted.")
    return int(count > 0)


def _list(name: str, exercises: Path) -> int:
    from classroom.mutate.editions import editions
    from classroom.mutate.mutants import mutants

    for edition in editions(name, exercises):
        for task in edition.news:
            for mutant in mutants(edition.assignment, edition.task(task)):
                print(mutant, *(f"    {line}" for line in mutant.diff.split("\n")), sep="\n")
    return 0


def _bar():
    from tqdm import tqdm

    return tqdm(unit="trial", desc="check-tests", smoothing=0.1, disable=None)
