"""What a report counts: over all submissions, by task, and by reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import Any

BINS = 10


@dataclass(frozen=True)
class TaskFigures:
    """One task over all graded submissions; ``failing`` are its commonest reasons, with counts."""

    id: str
    max_points: float
    solved: int
    share: float
    failing: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Figures:
    """All that the report says."""

    handed_in: int
    refused: tuple[tuple[str, int], ...]
    graded: int
    mean: float | None
    median: float | None
    bins: tuple[int, ...]
    tasks: tuple[TaskFigures, ...]
    identical: tuple[tuple[tuple[str, ...], float], ...]
    slowest: tuple[tuple[str, float], ...]
    limits: tuple[tuple[str, int], ...]


def figures(assignment: Any, rows: Sequence[Any]) -> Figures:
    """Count what the report says; refused submissions count only as refused."""
    graded = [row.outcome for row in rows if row.outcome.status == "graded"]
    points = [outcome.points for outcome in graded]
    refused = Counter(row.outcome.reason for row in rows if row.outcome.status != "graded")
    slowest = sorted(rows, key=lambda row: (-row.outcome.seconds, row.student))[:10]
    return Figures(
        handed_in=len(rows),
        refused=_common(refused),
        graded=len(graded),
        mean=mean(points) if points else None,
        median=median(points) if points else None,
        bins=_bins(points, assignment.max_points),
        tasks=tuple(_task(task, graded) for task in assignment.tasks),
        identical=_identical(rows),
        slowest=tuple((row.student, row.outcome.seconds) for row in slowest if row.outcome.seconds > 0),
        limits=_common(_limits(rows), 20),
    )


def _bins(points: list[float], full: float) -> tuple[int, ...]:
    found = Counter(min(BINS - 1, int(BINS * value / full + 1e-9)) if full else 0 for value in points)
    return tuple(found[number] for number in range(BINS))


def _task(task: Any, graded: list[Any]) -> TaskFigures:
    full = sum(test.points for test in task.tests)
    solved, shares, failing = 0, [], Counter()
    for outcome in graded:
        tests = [test for test in outcome.tests if test.task == task.id]
        points = sum(test.points for test in tests)
        solved += points >= full - 1e-9
        shares.append(points / full if full else 1.0)
        failing.update(_failure(task.id, test) for test in tests if test.reason)
    return TaskFigures(task.id, full, solved, mean(shares) if shares else 0.0, _common(failing, 3))


def _failure(task: str, test: Any) -> str:
    return f"{test.test.removeprefix(f'{task}-')}: {test.reason}"


def _identical(rows: Sequence[Any]) -> tuple[tuple[tuple[str, ...], float], ...]:
    """Return who handed in the same graded file, with its points. Refused files are often alike by nature."""
    shared = [row for row in rows if row.shared_with and row.outcome.status == "graded"]
    found = {tuple(sorted({row.student, *row.shared_with})): row.outcome.points for row in shared}
    return tuple(sorted(found.items()))


def _limits(rows: Sequence[Any]) -> Counter:
    counts = Counter()
    for row in rows:
        reasons = {test.reason for test in row.outcome.tests}
        if row.outcome.status != "graded":
            reasons = {row.outcome.reason}
        counts.update(reason for reason in reasons if "limit" in reason.lower())
    return counts


def _common(counts: Counter, most: int = 10) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most])
