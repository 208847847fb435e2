"""What each chapter costs in processor seconds, beside what the design allows.

Run by `make bench`. One kernel at a time on one thread; the kernel's own seconds, in the program and in the
system. The median of some rounds over all chapters, so that what else the machine does spreads over all.
"""

import argparse
import statistics
import sys
from pathlib import Path

from classroom.notebooks import chapters
from classroom.stored_runs import SECONDS, SECONDS_MEDIAN, run_one

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="all chapters if none is named")
    options = parser.parse_args()
    paths = [path.resolve() for path in options.files] or chapters(ROOT)
    seconds: dict[Path, list[float]] = {path: [] for path in paths}
    failed = set()
    for number in range(1, options.rounds + 1):
        for path in paths:
            run = run_one(path)
            print(f"round {number}: {path.name} {run.processor:.1f} s", file=sys.stderr, flush=True)
            seconds[path].append(run.processor)
            failed |= {path} if run.failure else set()
    report(seconds, failed)
    return 0


def report(seconds: dict[Path, list[float]], failed: set[Path]) -> None:
    """Print the median of each chapter and of all, and which one did not run to its end."""
    medians = {path: statistics.median(each) for path, each in seconds.items()}
    print(f"processor seconds{'':13}allowed")
    for path, median in sorted(medians.items(), key=lambda item: -item[1]):
        word = " FAILED" if path in failed else " above" if median > SECONDS else ""
        spread = f"({min(seconds[path]):.1f} to {max(seconds[path]):.1f})"
        print(f"{median:6.1f} {spread:18} {SECONDS:5d}  {path.parent.name}/{path.stem}{word}")
    print(f"{statistics.median(medians.values()):6.1f} {'':18} {SECONDS_MEDIAN:5d}  median of all chapters")


if __name__ == "__main__":
    sys.exit(main())
