"""Run every notebook and compare each stored output: ``python tests/notebooks.py [FILE ...] [--jobs N]``.

The strict comparison of nbval, and what it does not say: how many outputs were compared, how long each
notebook took, and that nothing was skipped.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path

from classroom.notebooks import chapters, read

ROOT = Path(__file__).resolve().parent.parent
CELL_SECONDS = 60
# 60 s on two idle cores; other work on the machine may take half as much again.
NOTEBOOK_SECONDS = 90


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--jobs", default="2", metavar="N", help="notebooks at once (2)")
    parser.add_argument(
        "--limit", type=float, default=NOTEBOOK_SECONDS, metavar="S", help="seconds a notebook"
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="all chapters if none is named")
    options = parser.parse_args()
    paths = [path.resolve() for path in options.files] or chapters(ROOT)
    if not paths:
        print("no notebooks were found, so nothing was compared")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        status = compare(paths, options.jobs, report)
        if not report.is_file():
            return status or 1
        return max(status, told(paths, ElementTree.parse(report).getroot(), options.limit))


def compare(paths: list[Path], jobs: str, report: Path) -> int:
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q", "-W", "default"]
    command += ["--nbval-cell-timeout", str(CELL_SECONDS), "--nbval-sanitize-with", "tests/nbval.cfg"]
    # All cells of a notebook belong to one kernel, so to one worker.
    command += ["-n", jobs, "--dist", "loadfile", "--durations=0", "--durations-min=5"]
    command += ["-o", "junit_family=xunit1", f"--junitxml={report}", *map(str, paths)]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"OMP_NUM_THREADS": "1"}).returncode


def told(paths: list[Path], report: ElementTree.Element, limit: float) -> int:
    """Print seconds by notebook and the totals; return 1 where less was compared than should be."""
    seconds: dict[str, float] = defaultdict(float)
    cells: dict[str, int] = defaultdict(int)
    skipped = 0
    for case in report.iter("testcase"):
        cells[case.get("file", "")] += 1
        seconds[case.get("file", "")] += float(case.get("time", 0))
        skipped += case.find("skipped") is not None
    compared = sum(map(stored_outputs, paths))
    for name in sorted(cells):
        print(f"{seconds[name]:6.1f} s  {cells[name]:3d} cells  {name}")
    print(f"{len(cells)} notebooks, {sum(cells.values())} cells run, {compared} stored outputs compared")
    slow = [name for name in cells if seconds[name] > limit]
    for name in slow:
        print(f"{name}: took {seconds[name]:.0f} s, at most {limit:.0f} s")
    if skipped:
        print(f"{skipped} cells were skipped or not reached: none may be")
    if len(cells) < len(paths) or not compared:
        print("not every notebook was compared")
    return int(bool(slow or skipped or len(cells) < len(paths) or not compared))


def stored_outputs(path: Path) -> int:
    cells = (cell for cell in read(path)[0]["cells"] if cell["cell_type"] == "code")
    exempt = "nbval-ignore-output"
    return sum(
        len(cell["outputs"]) for cell in cells if exempt not in cell.get("metadata", {}).get("tags", [])
    )


if __name__ == "__main__":
    sys.exit(main())
