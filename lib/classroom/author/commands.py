"""The author's and the student's commands: ``new``, ``release`` and ``validate``."""

import argparse
import sys
from pathlib import Path
from typing import Any

from classroom.errors import ClassroomError
from classroom.notebooks import NotebookError, repository_root


def add_commands(subparsers: Any) -> None:
    """Add the commands to what ``add_subparsers`` returned; each sets ``run``: options -> exit status."""
    new = subparsers.add_parser("new", help="start an assignment from a template")
    new.add_argument("assignment", metavar="ASSIGNMENT", help="its name, such as gated-units")
    new.set_defaults(run=_new)
    release = subparsers.add_parser("release", help="write the students' notebook of an assignment")
    release.add_argument("assignment", metavar="ASSIGNMENT", help="its folder in the exercises")
    release.add_argument("--out", type=Path, metavar="FOLDER", help="where it goes (_build/release)")
    release.add_argument("--secret", type=Path, metavar="FILE", help="the course secret ($CLASSROOM_SECRET)")
    release.set_defaults(run=_release)
    for command in (new, release):
        command.add_argument("--exercises", type=Path, metavar="FOLDER", help="all assignments (exercises/)")
    validate = subparsers.add_parser("validate", help="look at a notebook before it is handed in")
    validate.add_argument("file", type=Path, metavar="FILE", help="the notebook to hand in")
    validate.add_argument("--against", type=Path, metavar="FILE", help="the notebook as it was released")
    validate.set_defaults(run=_validate)


def _told(command: Any) -> Any:
    """Let a command say what a person can put right, and exit with 2."""

    def run(options: argparse.Namespace) -> int:
        try:
            return command(options)
        except (ClassroomError, NotebookError) as error:
            print(error, file=sys.stderr)
            return 2

    return run


def _exercises(options: argparse.Namespace) -> Path:
    return options.exercises or repository_root() / "exercises"


@_told
def _new(options: argparse.Namespace) -> int:
    from classroom.author.new import new

    folder = new(options.assignment, _exercises(options))
    print(f"{folder}: a template with two tasks. Next: edit it, then `release {options.assignment}`.")
    return 0


@_told
def _release(options: argparse.Namespace) -> int:
    from classroom.author.release import release
    from classroom.author.secret import read_secret
    from classroom.colab import install_address

    exercises = _exercises(options)
    root = repository_root(exercises)
    out = options.out or root / "_build" / "release"
    url = (install_address(root) or "").partition("@")[0]
    print(release(options.assignment, exercises, out, read_secret(options.secret), url))
    return 0


@_told
def _validate(options: argparse.Namespace) -> int:
    from classroom.author.validate import validate

    found = validate(options.file, options.against)
    tasks = [item for item in found if item.level in ("passed", "failed")]
    for item in found:
        if item not in tasks:
            print(f"{item.level}: {item.where}: {item.text}")
    width = max((len(item.where) for item in tasks), default=0)
    for item in tasks:
        print(f"{item.where:{width}}  {item.level}  {item.text if item.level == 'failed' else ''}".rstrip())
    passed = sum(item.level == "passed" for item in tasks)
    print(f"{passed} of {len(tasks)} tasks pass their public checks; hidden checks run when it is graded")
    problems = any(item.level == "problem" for item in found)
    return int(problems or not tasks or passed < len(tasks))
