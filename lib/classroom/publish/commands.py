"""The commands ``feedback``, ``export``, ``report`` and ``status``: from the ledger to people."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from classroom.errors import ClassroomError
from classroom.notebooks import repository_root
from classroom.publish.present import open_assignment, open_ledger, results_of, versions_of

if TYPE_CHECKING:
    from classroom.author.source import Assignment
    from classroom.ledger.rows import LedgerRow

FORMATS = ("csv", "canvas", "moodle", "nbgrader")
LISTED = 20


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the commands of this module."""
    feedback = commands.add_parser("feedback", help="write a page for each student")
    feedback.add_argument("--out", type=Path, metavar="FOLDER", help="(feedback/ASSIGNMENT)")
    feedback.set_defaults(run=run_feedback)
    export = commands.add_parser("export", help="write the points for a learning platform or nbgrader")
    export.add_argument("--to", choices=FORMATS, required=True)
    export.add_argument("--roster", type=Path, metavar="FILE", help="what Canvas or Moodle exported")
    export.add_argument("--scale", action="store_true", help="bring points to the maximum of the roster")
    export.add_argument(
        "--out", type=Path, metavar="PATH", help="(ASSIGNMENT-FORMAT.csv; course for nbgrader)"
    )
    export.set_defaults(run=run_export)
    report = commands.add_parser("report", help="write a page about the whole class")
    report.add_argument("--out", type=Path, metavar="FILE", help="(ASSIGNMENT-report.html)")
    report.set_defaults(run=run_report)
    status = commands.add_parser("status", help="say how far grading is")
    status.set_defaults(run=run_status)
    for parser in (feedback, export, report, status):
        parser.add_argument("assignment", metavar="ASSIGNMENT")
        parser.add_argument("--db", default="ledger.sqlite", metavar="URL", help="the ledger (ledger.sqlite)")
        parser.add_argument(
            "--exercises", type=Path, default=repository_root() / "exercises", metavar="FOLDER"
        )
        parser.add_argument("--secret", type=Path, metavar="FILE", help="the course secret")


def run_feedback(options: argparse.Namespace) -> int:
    """Write the students' pages."""
    from classroom.publish.feedback import write_feedback

    assignment = open_assignment(options)
    with open_ledger(options) as ledger:
        rows = results_of(ledger, assignment)
        out = options.out or Path("feedback") / assignment.name
        paths = write_feedback(assignment, rows, out, ledger.submission_bytes)
    print(f"{len(paths)} pages in {out}")
    return 0


def run_report(options: argparse.Namespace) -> int:
    """Write the teacher's page."""
    from classroom.publish.report import write_report

    assignment = open_assignment(options)
    with open_ledger(options) as ledger:
        rows = results_of(ledger, assignment)
    print(write_report(assignment, rows, options.out or Path(f"{assignment.name}-report.html")))
    return 0


def run_export(options: argparse.Namespace) -> int:
    """Write the points in one of the formats."""
    from classroom.publish import exports

    if options.to not in ("canvas", "moodle") and (options.roster or options.scale):
        raise ClassroomError(f"--roster and --scale go with --to canvas or moodle, not with {options.to}")
    assignment = open_assignment(options)
    with open_ledger(options) as ledger:
        rows = results_of(ledger, assignment)
        if options.to == "nbgrader":
            return _sync(assignment, rows, options.out or Path("course"), ledger.submission_bytes)
    out = options.out or Path(f"{assignment.name}-{options.to}.csv")
    if options.to == "csv":
        done = exports.write_csv(assignment, rows, out)
    else:
        write = exports.write_canvas if options.to == "canvas" else exports.write_moodle
        done = write(assignment, rows, out, options.roster, options.scale)
    print(f"{done.path}: points of {done.filled} students")
    _list("with a result, but in no row of the roster, or not clearly in one", done.no_row)
    _list("in the roster, without a result", done.no_submission)
    _list("remarks", done.notes)
    return 0


def _sync(
    assignment: "Assignment", rows: list["LedgerRow"], out: Path, submissions: Callable[[str], bytes]
) -> int:
    from classroom.publish.gradebook import sync_gradebook

    done = sync_gradebook(assignment, rows, out, submissions)
    print(f"{done.course}: {done.students} students in the gradebook of {assignment.name}")
    _list("remarks", done.notes)
    return 0


def run_status(options: argparse.Namespace) -> int:
    """Print how far grading is, under which versions, and which faults of the system there were."""
    assignment = open_assignment(options)
    with open_ledger(options) as ledger:
        counts = ledger.counts(assignment.name, assignment.version)
        print(f"{assignment.name} in {ledger.name}, version {assignment.version[:12]}")
        print(f"{counts.students} students: {counts.graded} graded, {counts.refused} refused,", end=" ")
        print(f"{counts.waiting} without a result")
        for version, created, done in versions_of(ledger, assignment):
            now = ", the present one" if version == assignment.version else ""
            print(f"  version {version[:12]} of {created:%Y-%m-%d %H:%M} UTC: {done} results{now}")
        faults = [
            f"{event.at:%Y-%m-%d %H:%M} {event.text}" for event in ledger.events() if event.kind == "fault"
        ]
        _list("faults of the system, all assignments, newest first", tuple(reversed(faults)))
    return 0


def _list(title: str, items: tuple[str, ...]) -> None:
    from classroom.publish.inert import line

    if not items:
        return
    print(f"{title} ({len(items)}):")
    for item in items[:LISTED]:
        print(f"  {line(item)}")
    if len(items) > LISTED:
        print(f"  and {len(items) - LISTED} more")
