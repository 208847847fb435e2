"""The course's commands: ``classroom --help`` or ``python -m classroom --help``."""

import argparse
import sys
from pathlib import Path

from classroom.author.commands import add_commands as add_author
from classroom.engine.commands import add_commands as add_engine
from classroom.errors import ClassroomError
from classroom.example.commands import add_commands as add_example
from classroom.execute import execute_files
from classroom.minutes import minutes_files
from classroom.mutate.commands import add_commands as add_mutate
from classroom.normalise import check_files, normalise_files
from classroom.notebooks import NotebookError, chapters, repository_root
from classroom.publish.commands import add_commands as add_publish


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (NotebookError, ClassroomError) as error:
        print(error, file=sys.stderr)
        return 2


def _run_normalise(options: argparse.Namespace) -> int:
    paths = _paths(options)
    return int((check_files if options.check else normalise_files)(paths) > 0)


def _run_execute(options: argparse.Namespace) -> int:
    return int(execute_files(_paths(options), options.jobs) > 0)


def _run_minutes(options: argparse.Namespace) -> int:
    return minutes_files(_paths(options), options.write)


def _paths(options: argparse.Namespace) -> list[Path]:
    paths = options.files or chapters(repository_root())
    if not paths:
        raise NotebookError("no notebooks: run this inside the course's repository, or name the files")
    here = Path.cwd()
    return [path.relative_to(here) if path.is_relative_to(here) else path for path in paths]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="classroom", description="The course's notebooks and its grader.")
    commands = parser.add_subparsers(dest="command", required=True)
    normal = commands.add_parser("normalise", help="bring chapters into the form that is committed")
    normal.add_argument("--check", action="store_true", help="change nothing; say what is wrong and exit 1")
    normal.set_defaults(run=_run_normalise)
    run = commands.add_parser("execute", help="run chapters in place, then normalise them")
    run.add_argument("--jobs", type=int, default=1, metavar="N", help="notebooks at once (1)")
    run.set_defaults(run=_run_execute)
    read = commands.add_parser("minutes", help="say how long chapters take to read")
    read.add_argument("--write", action="store_true", help="put the minutes into the front boxes")
    read.set_defaults(run=_run_minutes)
    for command in (normal, run, read):
        command.add_argument(
            "files", nargs="*", type=Path, metavar="FILE", help="all chapters if none is named"
        )
    for add in (add_author, add_mutate, add_engine, add_publish, add_example):
        add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
