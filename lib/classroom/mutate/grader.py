"""A worker process of ``check-tests``: it grades trials in a warm sandbox of its own."""

import atexit
import time
from dataclasses import replace

from classroom.author.source import Assignment
from classroom.judge.grading import grade_notebook
from classroom.limits import Limits
from classroom.mutate import standing
from classroom.mutate.submission import notebook_of
from classroom.mutate.trials import Marks, Trial
from classroom.outcome import Outcome
from classroom.sandbox.session import SystemFault
from classroom.sandbox.warm import SandboxLost, WarmSandbox

QUICK = {"cell_seconds": 2.0, "test_seconds": 2.0, "submission_seconds": 4.0}
TRIES = 3
DRAW = " draw "


class Grader:
    """Grades trials of one assignment, in this process.

    Args:
        assignments: the assignment in each of its editions
        secret: hidden inputs are drawn from it
    """

    def __init__(self, assignments: list[Assignment], secret: bytes) -> None:
        self.assignments, self.secret = assignments, secret
        self.warm: WarmSandbox | None = None

    def marks(self, trial: Trial) -> Marks:
        """Return what comes of a trial."""
        started = time.monotonic()
        assignment = _examined(self.assignments[trial.edition], trial)
        data = notebook_of(self.assignments[trial.edition], trial.cells)
        draws = [_lost(self.grade(assignment, data))]
        # What runs into a time limit once would do so each time, and take its time for it.
        hangs = any("time limit" in reason for _, reason in draws[0].values())
        if trial.redrawn and not hangs:
            outcome = self.grade(_redrawn(assignment, trial), data)
            draws += [_lost(outcome, f"{DRAW}{n}") for n in range(trial.draws - 1)]
        return Marks(tuple(draws), time.monotonic() - started)

    def recorded(self, edition: int, name: str) -> standing.Recording:
        """Return what the calls of one task's tests are like."""
        assignment = self.assignments[edition]
        task = next(task for task in assignment.tasks if task.id == name)
        data = notebook_of(assignment, {name: standing.recorder(task)})
        self.grade(standing.probed(assignment, task), data)
        return standing.recording()

    def grade(self, assignment: Assignment, data: bytes) -> Outcome:
        """Grade one notebook; what the system itself did wrong is tried again."""
        for _ in range(TRIES):
            try:
                if self.warm is None:
                    self.warm = WarmSandbox(assignment.limits, assignment.gpu)
                return grade_notebook(assignment, data, self.warm, self.secret)
            except (SystemFault, SandboxLost) as error:
                fault = error
                self.close()
        raise fault

    def close(self) -> None:
        """End the sandbox."""
        if self.warm is not None:
            self.warm.close()
            self.warm = None


def _examined(assignment: Assignment, trial: Trial) -> Assignment:
    """Return the assignment with the tests that the trial is about."""
    tasks = tuple(task for task in assignment.tasks if task.id in trial.tasks)
    if not trial.spoiled:
        return replace(assignment, tasks=tasks)
    limits: Limits = replace(assignment.limits, **QUICK)
    return replace(assignment, tasks=tuple(replace(task, banned=()) for task in tasks), limits=limits)


def _redrawn(assignment: Assignment, trial: Trial) -> Assignment:
    """Return the assignment with each test many times over: inputs are drawn from a test's id, too."""
    tasks = []
    for task in assignment.tasks:
        if task.id in trial.redrawn:
            copies = [replace(t, id=f"{t.id}{DRAW}{n}") for n in range(trial.draws - 1) for t in task.tests]
            tasks.append(replace(task, tests=tuple(copies)))
    seconds = assignment.limits.submission_seconds * trial.draws
    return replace(
        assignment, tasks=tuple(tasks), limits=replace(assignment.limits, submission_seconds=seconds)
    )


def _lost(outcome: Outcome, draw: str = "") -> dict[str, tuple[float, str]]:
    """Return of each task the points, and why the first ones are missing."""
    found: dict[str, tuple[float, str]] = {}
    for test in outcome.tests:
        if not test.test.endswith(draw):
            continue
        points, reason = found.get(test.task, (0.0, ""))
        told = f"{test.test}: {test.reason}" if test.reason else ""
        if told and test.message:
            told += f" ({' '.join(test.message.split())[:300]})"
        found[test.task] = points + test.points, reason or told
    return found


_grader: Grader | None = None


def prepare(assignments: list[Assignment], secret: bytes) -> None:
    """Make this process a worker."""
    global _grader
    import torch

    torch.set_num_threads(1)
    _grader = Grader(assignments, secret)
    atexit.register(_grader.close)


def marks(trial: Trial) -> Marks:
    """Grade a trial in this worker."""
    return _own().marks(trial)


def recorded(edition: int, name: str) -> standing.Recording:
    """Record a task's calls in this worker."""
    return _own().recorded(edition, name)


def _own() -> Grader:
    if _grader is None:
        raise RuntimeError("prepare() comes first")
    return _grader
