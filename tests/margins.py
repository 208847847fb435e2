"""How near each statement of a page comes to its bound, in both passes over the chapters.

    python -m tests.margins [--table]

The book runs the chapters as the machine is, the strict comparison under other roundings, and `show.check`
writes down what it measured in each. Two rules, and why:

- *Three times the movement.* What one other machine moves, a third may move again and further. The distance
  to the bound is at least three times the most that any value of the statement moved between the passes.
- *Five per cent of the bound.* Two passes may agree by luck, so a statement also keeps a distance of its own:
  5 % of the bound, or of the width where there are two. Values that cannot pass 1 (accuracies, correlations)
  have the rest up to 1 as the scale where that is smaller: "accuracy above 0.99" is "error below 0.01".

An end of a range at -1, 0 or 1 that a value meets exactly (a saturated state) is the end of what is possible:
the other end counts. A bound of 0 has no share: the first rule holds for it alone. Rounding noise
("gap < 1e-12") keeps both without an exception. Statements without a bound are true or not: they have no
distance, and are counted.
"""

import argparse
import json
import math
import sys
from pathlib import Path
from typing import NamedTuple

from classroom.notebooks import chapters
from classroom.stored_runs import StoredRuns
from tests.nbval_plugin import margins_file
from tests.notebooks import ABOUT, MARGINS

ROOT = Path(__file__).resolve().parent.parent
MOVEMENTS = 3
SHARE = 0.05
ENDS = (-1, 0, 1)


class Margin(NamedTuple):
    """One statement with a bound: its distance to it in each pass, the scale, and how far it moves."""

    chapter: str
    statement: str
    distances: tuple[float, float]
    scale: float
    movement: float

    @property
    def distance(self) -> float:
        return min(self.distances)

    @property
    def share(self) -> float:
        return self.distance / self.scale if self.scale else math.inf

    @property
    def fault(self) -> str | None:
        if self.distance < MOVEMENTS * self.movement:
            times = self.distance / self.movement
            return f"its distance is {times:.2g} times what other roundings move it (at least {MOVEMENTS})"
        if self.share < SHARE:
            return f"its distance is {self.share:.1%} of the bound (at least {SHARE:.0%})"
        return None

    def __str__(self) -> str:
        shares = [
            f"{distance / self.scale:9.1%}" if self.scale else "  bound 0" for distance in self.distances
        ]
        return f"{''.join(shares)}{self.movement / (self.scale or 1):9.0e}  {self.chapter}: {self.statement}"


def compare(chapter: str, plain: list[dict], other: list[dict]) -> tuple[list[Margin], list[str]]:
    """Return the margins of one chapter's statements, and what is wrong if the passes' statements differ."""
    ours, theirs = [line["statement"] for line in plain], [line["statement"] for line in other]
    if ours != theirs:
        odd = next((pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]), None)
        which = f"{odd[0]!r} and {odd[1]!r}" if odd else f"{len(ours)} and {len(theirs)} of them"
        return [], [f"{chapter}: the two passes made different statements: {which}"]
    pairs = zip(plain, other, strict=True)
    return [margin(chapter, *pair) for pair in pairs if pair[0]["kind"] != "truth"], []


def margin(chapter: str, plain: dict, other: dict) -> Margin:
    bound, pairs = plain["bound"], list(zip(plain["values"], other["values"], strict=False))
    met = {value for pair in pairs for value in pair}
    scale = bound[1] - bound[0] if len(bound) == 2 else abs(bound[0])
    if plain["kind"] == "above" and 0 < bound[0] < 1 and max(met) <= 1:
        scale = min(scale, 1 - bound[0])
    ends = [end for end in bound if not (end in ENDS and end in met)]

    def distance(value: float) -> float:
        return min((abs(value - end) for end in ends), default=math.inf)

    ours, theirs = (min(values, key=distance) for values in zip(*pairs, strict=True))
    moved = movement(pairs, max(abs(ours), abs(theirs)))
    return Margin(chapter, plain["statement"], (distance(ours), distance(theirs)), scale, moved)


def movement(pairs: list[tuple[float, float]], nearest: float) -> float:
    """Return how far the value nearest to the bound may move, since one of the values moved so far.

    That one may be of another size (a gradient of 1e5 beside one of 1), so the share of its size counts where
    that is less.
    """
    sizes = [max(abs(a), abs(b)) for a, b in pairs]
    absolute = max(abs(a - b) for a, b in pairs)
    relative = max(abs(a - b) / size if size else 0.0 for (a, b), size in zip(pairs, sizes, strict=True))
    return min(absolute, relative * nearest)


def read_passes() -> tuple[list[Margin], int, list[str]]:
    """Return the margins of all chapters, the number of truth values, and what is missing."""
    found, truths, faults = [], 0, []
    runs, about = StoredRuns(ROOT), MARGINS / ABOUT
    chosen = json.loads(about.read_text(encoding="utf-8")) if about.exists() else {}
    if runs.is_stale() or chosen.get("key") != runs.wanted:
        return [], 0, ['no two passes with this library: make test STEPS="notebooks book margins"']
    for path in chapters(ROOT):
        name, run, file = path.relative_to(ROOT).as_posix(), runs.find(path), margins_file(MARGINS, path)
        if run is None or not file.exists():
            faults.append(
                f"{name}: no run of the {'book' if run is None else 'strict comparison'} to compare with"
            )
            continue
        plain, other = lines(run.margins), lines(file.read_text(encoding="utf-8"))
        margins, wrong = compare(name, plain, other)
        found, faults = found + margins, faults + wrong
        truths += sum(line["kind"] == "truth" for line in plain)
    if chosen["moves"] and found and not any(margin.movement for margin in found):
        faults.append(
            "no value of any chapter moved between the passes, so nothing was tried: see tests.roundings"
        )
    return found, truths, faults


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "--table", action="store_true", help="print all statements by share, and fail for none"
    )
    table = parser.parse_args(arguments).table
    found, truths, faults = read_passes()
    if table:
        print("share: as it is, under other roundings; movement: also as a share of the bound")
        print("\n".join(str(margin) for margin in sorted(found, key=lambda margin: margin.share)))
    faults += [f"{margin.chapter}: {margin.statement}: {margin.fault}" for margin in found if margin.fault]
    for fault in faults:
        print(f"FAILED {fault}")
    bounded = f"{len(found)} statements with a bound, {len(faults)} faults"
    print(f"{bounded}; {truths} statements are true without one")
    return int(bool(faults) and not table)


if __name__ == "__main__":
    sys.exit(main())
