"""One page for the teacher: how the class did, what most stumbled over, what deserves a look."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from classroom.notebooks import write
from classroom.publish.figures import BINS, figures
from classroom.publish.pages import render

WIDTH, HEIGHT, FOOT, HEAD = 400, 200, 40, 20
IDENTICAL_SHOWN = 50


def write_report(assignment: Any, rows: Sequence[Any], path: Path) -> Path:
    """Write the report as one self-contained HTML page and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, report_page(assignment, rows))
    return path


def report_page(assignment: Any, rows: Sequence[Any]) -> str:
    """Return the report's HTML."""
    found = figures(assignment, rows)
    return render(
        "report.html",
        assignment=assignment,
        found=found,
        bars=_bars(found.bins),
        size=(WIDTH, HEIGHT, HEIGHT - FOOT),
        ticks=[(WIDTH * share // 100, share) for share in range(0, 101, 20)],
        bin_names=[_bin_name(number) for number in range(BINS)],
        last=max((row.received for row in rows), default=None),
        identical_shown=IDENTICAL_SHOWN,
    )


def _bin_name(number: int) -> str:
    low, high = 100 * number // BINS, 100 * (number + 1) // BINS
    return f"{low} to {high} %" if number == BINS - 1 else f"{low} to under {high} %"


def _bars(counts: tuple[int, ...]) -> list[dict[str, Any]]:
    """Return place and size of each bar of the histogram, and its labels."""
    step, most = WIDTH / BINS, max(counts)
    bars = []
    for number, count in enumerate(counts):
        height = (HEIGHT - FOOT - HEAD) * count / most if most else 0
        bars.append(
            {
                "x": round(number * step + 2, 1),
                "y": round(HEIGHT - FOOT - height, 1),
                "width": round(step - 4, 1),
                "height": round(height, 1),
                "middle": round((number + 0.5) * step, 1),
                "count": count,
            }
        )
    return bars
