"""Run every notebook and compare each stored output: ``python -m tests.notebooks [FILE ...] [--jobs N]``.

The strict comparison of nbval, under other roundings than the machine's own (`tests/roundings.py`; the book's
run is the one as the machine is), and what nbval does not say: how many outputs were compared, how long each
notebook took, and that nothing was skipped.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path

from classroom.compare import stored_outputs
from classroom.execute import HANG_SECONDS, KERNEL_SECONDS, kernel_environment
from classroom.notebooks import chapters, read
from classroom.stored_runs import outputs_key
from tests.nbval_plugin import FOLDER
from tests.roundings import Chosen, choose

ROOT = Path(__file__).resolve().parent.parent
MARGINS = ROOT / "_build" / "margins"
ABOUT = "about.json"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--jobs", default="2", metavar="N", help="notebooks at once (2)")
    parser.add_argument("--plain", action="store_true", help="with the machine's own roundings")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="all chapters if none is named")
    options = parser.parse_args()
    paths = [path.resolve() for path in options.files] or chapters(ROOT)
    if not paths:
        print("no notebooks were found, so nothing was compared")
        return 1
    environment = kernel_environment()
    if not options.plain:
        chosen = choose()
        environment |= chosen.environment | {FOLDER: str(margins_folder(chosen))}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        status = compare(paths, options.jobs, report, environment)
        if not report.is_file():
            return status or 1
        return max(status, told(paths, ElementTree.parse(report).getroot()))


def margins_folder(chosen: Chosen) -> Path:
    """Return the folder for the margins of this pass, emptied if it is about another library or setting."""
    about = json.dumps({"key": outputs_key(ROOT), **chosen._asdict()})
    path = MARGINS / ABOUT
    if not path.exists() or path.read_text(encoding="utf-8") != about:
        shutil.rmtree(MARGINS, ignore_errors=True)
        MARGINS.mkdir(parents=True)
    path.write_text(about, encoding="utf-8")
    return MARGINS


def compare(paths: list[Path], jobs: str, report: Path, environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q", "-W", "default"]
    command += ["-p", "tests.nbval_plugin", "--nbval-sanitize-with", "tests/nbval.cfg"]
    command += ["--nbval-cell-timeout", str(HANG_SECONDS)]
    command += ["--nbval-kernel-startup-timeout", str(KERNEL_SECONDS)]
    # All cells of a notebook belong to one kernel, so to one worker.
    command += ["-n", jobs, "--dist", "loadfile", "--durations=0", "--durations-min=5"]
    command += ["-o", "junit_family=xunit1", f"--junitxml={report}", *map(str, paths)]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment).returncode


def told(paths: list[Path], report: ElementTree.Element) -> int:
    """Print seconds by notebook and the totals; return 1 where less was compared than should be."""
    seconds: dict[str, float] = defaultdict(float)
    cells: dict[str, int] = defaultdict(int)
    skipped = 0
    for case in report.iter("testcase"):
        cells[case.get("file", "")] += 1
        seconds[case.get("file", "")] += float(case.get("time", 0))
        skipped += case.find("skipped") is not None
    compared = sum(stored_outputs(read(path)[0]) for path in paths)
    for name in sorted(cells):
        print(f"{seconds[name]:6.1f} s  {cells[name]:3d} cells  {name}")
    print(f"{len(cells)} notebooks, {sum(cells.values())} cells run, {compared} stored outputs compared")
    if skipped:
        print(f"{skipped} cells were skipped or not reached: none may be")
    if len(cells) < len(paths) or not compared:
        print("not every notebook was compared")
    return int(bool(skipped or len(cells) < len(paths) or not compared))


if __name__ == "__main__":
    sys.exit(main())
