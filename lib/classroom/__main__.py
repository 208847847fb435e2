"""The course's commands: ``python -m classroom --help``."""

import argparse
import sys
from pathlib import Path

from classroom.execute import execute_files
from classroom.normalise import check_files, normalise_files
from classroom.notebooks import NotebookError, chapters, repository_root


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    paths = options.files or chapters(repository_root())
    if not paths:
        print("no notebooks: run this inside the course's repository, or name the files", file=sys.stderr)
        return 2
    paths = [_shown(path) for path in paths]
    try:
        if options.command == "execute":
            return int(execute_files(paths, options.jobs) > 0)
        return int((check_files if options.check else normalise_files)(paths) > 0)
    except NotebookError as error:
        print(error, file=sys.stderr)
        return 2


def _shown(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m classroom", description="The course's notebooks.")
    commands = parser.add_subparsers(dest="command", required=True)
    normal = commands.add_parser("normalise", help="bring notebooks into the form that is committed")
    normal.add_argument("--check", action="store_true", help="change nothing; say what is wrong and exit 1")
    run = commands.add_parser("execute", help="run notebooks in place, then normalise them")
    run.add_argument("--jobs", type=int, default=1, metavar="N", help="notebooks at once (1)")
    for command in (normal, run):
        command.add_argument(
            "files", nargs="*", type=Path, metavar="FILE", help="all chapters if none is named"
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())
