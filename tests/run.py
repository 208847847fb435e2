"""All checks of the course, in order, each with its seconds: ``python tests/run.py [STEP ...]``.

Stops at the first step that fails. ``make test`` calls this inside ``.venv``.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
JOBS = str(min(4, os.cpu_count() or 1))
COVERAGE = 95
# Annotations are checked at every call; ints pass as floats, as everywhere in Python.
TYPES = "seqgraph,beartype.beartype(conf=beartype.BeartypeConf(is_pep484_tower=True))"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PYTEST = ("-m", "pytest", "-q")
MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


class Failed(Exception):
    """A step found something wrong; its own output says what."""


def run(*command: str) -> None:
    shown = " ".join(f'"{part}"' if " " in part else part for part in command)
    print(f"$ {shown}", flush=True)
    result = subprocess.run([sys.executable, *command], cwd=ROOT)
    if result.returncode:
        raise Failed(f"exit {result.returncode}: python {shown}")


def lint() -> None:
    run("-m", "ruff", "check", ".")
    run("-m", "ruff", "format", "--check", ".")


def unit() -> None:
    cover = ("tests/seqgraph", *sorted(map(str, Path("tests").glob("test_*.py"))), "--cov=seqgraph", "-q")
    cover += ("-n", JOBS)
    # Wrong arguments on purpose: the annotations would answer before the library's own errors do.
    run("-m", "pytest", "-m", "errors", *cover, "--cov-report=")
    types = f"--jaxtyping-packages={TYPES}"
    report = ("--cov-append", "--cov-report=term", f"--cov-fail-under={COVERAGE}")
    run("-m", "pytest", "-m", "not errors", types, *cover, *report)


def grader() -> None:
    # One file is one worker's: it may start a sandbox, a judge or a database of its own.
    run(*PYTEST, "tests/classroom", "--ignore=tests/classroom/redteam", "-n", JOBS, "--dist", "loadfile")


def red_team() -> None:
    run(*PYTEST, "tests/classroom/redteam", "-n", JOBS)


def assignments() -> None:
    run(*PYTEST, "tests/exercises")


def doctests() -> None:
    # Alembic runs its scripts itself: they cannot be imported.
    migrations = "--ignore=lib/classroom/ledger/migrations"
    run(*PYTEST, "--doctest-modules", migrations, "lib/seqgraph", "lib/classroom")


def normal_form() -> None:
    run("-m", "classroom", "normalise", "--check")


def notebooks() -> None:
    run("tests/notebooks.py", "--jobs", JOBS)


def book() -> None:
    run("site/build_book.py")


def browser() -> str | None:
    found = find_browser()
    if found is None:
        print("SKIPPED: no Chromium or Chrome on this machine, so the built pages were not opened.")
        print("Install one, or name it: CHROMIUM=/path/to/chromium make test")
        return "SKIPPED"
    os.environ["CHROMIUM"] = found
    print(f"browser: {found}")
    run("-m", "pytest", "-q", "tests/site")
    return None


def find_browser() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        if not shutil.which(named):
            raise Failed(f"CHROMIUM names no program: {named}")
        return named
    return next(filter(None, map(shutil.which, BROWSERS + MAC_BROWSERS)), None)


STEPS = {
    "lint": lint,
    "unit": unit,
    "grader": grader,
    "red-team": red_team,
    "assignments": assignments,
    "doctests": doctests,
    "normal-form": normal_form,
    "notebooks": notebooks,
    "book": book,
    "browser": browser,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("steps", nargs="*", metavar="STEP", help=f"all if none is named: {', '.join(STEPS)}")
    names = parser.parse_args().steps or list(STEPS)
    if unknown := sorted(set(names) - set(STEPS)):
        parser.error(f"no such step: {', '.join(unknown)}; there are {', '.join(STEPS)}")
    (ROOT / "_build").mkdir(exist_ok=True)
    os.environ |= {"COVERAGE_FILE": str(ROOT / "_build" / "coverage"), "OMP_NUM_THREADS": "1"}
    told: list[str] = []
    begun = time.perf_counter()
    for number, name in enumerate(names, start=1):
        print(f"\n== [{number}/{len(names)}] {name}", flush=True)
        started = time.perf_counter()
        try:
            word = STEPS[name]() or "passed"
        except Failed as failure:
            print(f"\n== {name} FAILED after {time.perf_counter() - started:.0f} s: {failure}")
            print(f"== to run this step alone: make test STEPS={name}")
            return 1
        seconds = f"{time.perf_counter() - started:.0f} s"
        told.append(f"{name} {seconds}" if word == "passed" else f"{name} {word}")
        print(f"== {name} {word} in {seconds}", flush=True)
    print(f"\n== no step of {len(names)} failed, {time.perf_counter() - begun:.0f} s: {', '.join(told)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
