"""All checks of the course: ``python -m tests.run [STEP ...]``. ``make test`` calls this inside ``.venv``.

Every step runs, whatever another one found. What failed is told at the end, with the command that repeats it.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

from tests.roundings import choose
from tests.steps import Failed, Output, Runner, Skipped, Step

ROOT = Path(__file__).resolve().parent.parent
CORES = min(4, os.cpu_count() or 1)
JOBS = str(CORES)
COVERAGE = 95
# Annotations are checked at every call; ints pass as floats, as everywhere in Python.
TYPES = "seqgraph,beartype.beartype(conf=beartype.BeartypeConf(is_pep484_tower=True))"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PYTEST = ("-m", "pytest", "-q")
# Pictures and processes hold no number that another rounding could move.
NUMERICAL = (
    "tests/seqgraph",
    "--ignore=tests/seqgraph/show",
    "--ignore=tests/seqgraph/train/test_runtime.py",
)
MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def lint(out: Output) -> None:
    out.run("-m", "ruff", "check", ".")
    out.run("-m", "ruff", "format", "--check", ".")


def normal_form(out: Output) -> None:
    out.run("-m", "classroom", "normalise", "--check")


def unit(out: Output) -> None:
    if named := os.environ.get("TESTS", "").split():
        return some_tests(out, named)
    cover = ("tests/seqgraph", *sorted(map(str, Path("tests").glob("test_*.py"))), "--cov=seqgraph", "-q")
    cover += ("-n", JOBS)
    # Wrong arguments on purpose: the annotations would answer before the library's own errors do.
    out.run("-m", "pytest", "-m", "errors", *cover, "--cov-report=")
    types = f"--jaxtyping-packages={TYPES}"
    report = ("--cov-append", "--cov-report=term", f"--cov-fail-under={COVERAGE}")
    out.run("-m", "pytest", "-m", "not errors", types, *cover, *report)


def some_tests(out: Output, named: list[str]) -> None:
    """Run some files or tests as the step `unit` runs them all, without the count of covered lines."""
    out.run(*PYTEST, "-m", "not errors", f"--jaxtyping-packages={TYPES}", *named, none_is_right=True)
    out.run(*PYTEST, "-m", "errors", *named, none_is_right=True)


def numbers(out: Output) -> None:
    # The second machine of the unit tests: what holds must hold where the last digits come out otherwise.
    chosen = choose(out.say)
    out.run(*PYTEST, "-m", "not errors and not gpu", *NUMERICAL, "-n", JOBS, **chosen.environment)


def grader(out: Output) -> None:
    # One file is one worker's: it may start a sandbox, a judge or a database of its own.
    out.run(*PYTEST, "tests/classroom", "--ignore=tests/classroom/redteam", "-n", JOBS, "--dist", "loadfile")


def notebooks(out: Output) -> None:
    out.run("-m", "tests.notebooks", "--jobs", JOBS)


def book(out: Output) -> None:
    out.run("site/build_book.py", "--strict")


def assignments(out: Output) -> None:
    out.run(*PYTEST, "tests/exercises")


def browser(out: Output) -> None:
    found = find_browser()
    if found is None:
        raise Skipped(
            "no Chromium or Chrome on this machine, so the built pages were not opened. "
            "Install one, or name it: CHROMIUM=/path/to/chromium make test"
        )
    out.say(f"browser: {found}")
    out.run(*PYTEST, "tests/site", CHROMIUM=found)


def red_team(out: Output) -> None:
    out.run(*PYTEST, "tests/classroom/redteam", "-n", str(max(1, CORES // 2)))


def doctests(out: Output) -> None:
    # Alembic runs its scripts itself: they cannot be imported.
    migrations = "--ignore=lib/classroom/ledger/migrations"
    out.run(*PYTEST, "--doctest-modules", migrations, "lib/seqgraph", "lib/classroom")


def margins(out: Output) -> None:
    out.run("-m", "tests.margins")


def find_browser() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        if not shutil.which(named):
            raise Failed(f"CHROMIUM names no program: {named}")
        return named
    return next(filter(None, map(shutil.which, BROWSERS + MAC_BROWSERS)), None)


PAGES = ROOT / "_build" / "html" / "index.html"
RUNS = ROOT / "_build" / ".jupyter_cache"
OTHER = ROOT / "_build" / "margins" / "about.json"
# First what is quick, then what keeps all cores busy, last what keeps one busy, the longest first.
STEPS = [
    Step("lint", lint),
    Step("normal-form", normal_form),
    Step("unit", unit, CORES),
    Step("numbers", numbers, CORES),
    Step("grader", grader, CORES),
    Step("notebooks", notebooks, CORES),
    Step("book", book, CORES),
    Step("assignments", assignments),
    Step("browser", browser, inputs={"book": PAGES}),
    Step("red-team", red_team, max(1, CORES // 2)),
    Step("doctests", doctests),
    Step("margins", margins, inputs={"notebooks": OTHER, "book": RUNS}),
]


def main() -> int:
    names = [step.name for step in STEPS]
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("steps", nargs="*", metavar="STEP", help=f"all if none is named: {', '.join(names)}")
    wanted = parser.parse_args().steps or names
    if unknown := sorted(set(wanted) - set(names)):
        parser.error(f"no such step: {', '.join(unknown)}; there are {', '.join(names)}")
    os.environ |= {"COVERAGE_FILE": str(ROOT / "_build" / "coverage"), "OMP_NUM_THREADS": "1"}
    return Runner(ROOT, [step for step in STEPS if step.name in wanted], CORES).run()


if __name__ == "__main__":
    sys.exit(main())
