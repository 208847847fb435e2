"""The command ``example``: a class to try the others on."""

import argparse
from pathlib import Path

from classroom.notebooks import repository_root


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command of this module."""
    example = commands.add_parser("example", help="make thirty submissions whose marks are known beforehand")
    example.add_argument("assignment", metavar="ASSIGNMENT")
    example.add_argument("--out", type=Path, default=Path("class"), metavar="FOLDER", help="where to (class)")
    example.add_argument("--check", metavar="LEDGER", help="compare the marks in this ledger with the design")
    example.add_argument("--exercises", type=Path, default=repository_root() / "exercises", metavar="FOLDER")
    example.add_argument("--secret", type=Path, metavar="FILE", help="the course secret")
    example.set_defaults(run=run_example)


def run_example(options: argparse.Namespace) -> int:
    """Write the made class, or compare its marks with the design."""
    from classroom.author.secret import read_secret
    from classroom.author.source import load_assignment
    from classroom.example.compare import differences
    from classroom.example.make import write_class
    from classroom.example.recipes import CLASS

    assignment = load_assignment(options.assignment, options.exercises, read_secret(options.secret))
    if options.check is None:
        print(f"{len(CLASS)} submissions are in {write_class(assignment, options.exercises, options.out)}")
        return 0
    found = differences(assignment, options.check)
    print("\n".join(found) or f"the marks of all {len(CLASS)} students are as designed")
    return int(bool(found))
