"""Grade one submission: the sandbox gives evidence, the judge decides."""

import contextlib
import hashlib
import time
from typing import TYPE_CHECKING, Any

from classroom.author.secret import derive
from classroom.checks import Check
from classroom.judge import testing
from classroom.judge.banned import banned_routes
from classroom.judge.reading import Refused, StudentCell, read_cells
from classroom.judge.reasons import explain
from classroom.judge.running import OutOfTime, Running
from classroom.judge.student import RemoteStudent
from classroom.outcome import CellOutput, Outcome, TestResult
from classroom.sandbox.session import Session, SessionLost, SystemFault
from classroom.sandbox.warm import SandboxLost, WarmSandbox

if TYPE_CHECKING:
    from classroom.author.source import Assignment, Task, TestCell

MESSAGE = 2000


def grade_notebook(assignment: "Assignment", data: bytes, warm: WarmSandbox, secret: bytes) -> Outcome:
    """Return the outcome of one submission.

    Never raises for what a student did. Raises SystemFault or SandboxLost where the sandbox itself failed.

    Args:
        assignment: tests, points and limits
        data: the file as it was handed in
        warm: the sandbox, started with the assignment's limits
        secret: the course secret, from which hidden inputs are drawn
    """
    started = time.monotonic()
    given = _given_cells(assignment)
    tests = {test.id for task in assignment.tasks for test in task.tests}
    tasks = {task.id for task in assignment.tasks}
    try:
        cells = read_cells(data, tests | tasks | given.keys(), assignment.limits)
    except Refused as error:
        return refuse(assignment, str(error), time.monotonic() - started)
    grading = Grading(assignment, _runnable(cells, given, tests), warm, secret, hashlib.sha256(data).digest())
    try:
        results = grading.results()
    finally:
        grading.running.leave()
    outputs = tuple(grading.running.outputs[index] for index in sorted(grading.running.outputs) if index >= 0)
    return _outcome(results, outputs, time.monotonic() - started)


def refuse(assignment: "Assignment", reason: str, seconds: float = 0.0) -> Outcome:
    """Return the outcome of a submission that could not be graded: no points, and why."""
    tests = tuple(
        TestResult(test.id, task.id, 0.0, test.points, "the submission could not be read")
        for task in assignment.tasks
        for test in task.tests
    )
    return Outcome("refused", reason, tests, (), seconds)


def _outcome(results: list[TestResult], outputs: tuple[CellOutput, ...], seconds: float) -> Outcome:
    got, most = sum(r.points for r in results), sum(r.max_points for r in results)
    lost = [f"{result.test}: {result.reason}" for result in results if result.reason]
    more = f"; and {len(lost) - 3} more" if len(lost) > 3 else ""
    reason = f"{got:g} of {most:g} points" + ("; " + "; ".join(lost[:3]) + more if lost else "")
    return Outcome("graded", reason, tuple(results), outputs, seconds)


def _given_cells(assignment: "Assignment") -> dict[str, str]:
    """Return the given code by cell id, the tools cell (which the sandbox brings itself) as empty text."""
    found = {}
    for cell in assignment.notebook["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "code" and about.get("locked") and not about.get("grade"):
            name = about["grade_id"]
            found[name] = "" if name == "tools" else "".join(cell["source"])
    return found


def _runnable(cells: list[StudentCell], given: dict[str, str], tests: set[str]) -> list[StudentCell]:
    """Return what runs in the sandbox: given code as it was given, no test cell, missing given code first."""
    there = {cell.grade_id for cell in cells}
    first = [
        StudentCell(-1 - n, name, text) for n, (name, text) in enumerate(given.items()) if name not in there
    ]
    kept = [cell for cell in cells if cell.grade_id not in tests]
    restored = [StudentCell(c.index, c.grade_id, given.get(c.grade_id, c.source)) for c in kept]
    return [cell for cell in first + restored if cell.source.strip()]


class Grading:
    """The grading of one submission: first every public part, whose texts are kept, then the hidden ones."""

    def __init__(
        self, assignment: "Assignment", cells: list[StudentCell], warm: WarmSandbox, secret: bytes, sha: bytes
    ) -> None:
        self.assignment, self.cells = assignment, cells
        self.running = Running(cells, warm, assignment.limits)
        self._secret, self._sha = secret, sha
        self._left_out: dict[str, dict[int, str]] = {}
        # Names of tests whose public part has run: the hidden part goes on from there.
        self._begun: dict[str, tuple[Session, testing.Names]] = {}

    def results(self) -> list[TestResult]:
        names: dict[str, Any] = {"__name__": "__main__"}
        for number, source in enumerate(self.assignment.given):
            testing.run(source, f"<given {number}>", names, self.assignment.limits.submission_seconds)
        found: dict[str, TestResult] = {}
        todo: list[tuple[Task, TestCell]] = []
        for task in self.assignment.tasks:
            routes = self._routes(task)
            own = list(dict.fromkeys(r for cell, r in routes if cell.grade_id == task.id))
            self._left_out[task.id] = {cell.index: words for cell, words in reversed(routes)}
            for test in task.tests:
                if own:
                    reason = f"not allowed in this task: the cell {', '.join(own[:3])}"
                    found[test.id] = TestResult(test.id, task.id, 0.0, test.points, reason)
                else:
                    todo.append((task, test))
        with contextlib.suppress(OutOfTime):
            self.running.session()  # once with every cell, for what they print
        hidden = []
        for task, test in todo:
            found[test.id] = self._try(task, test, test.public_source, names, hidden=False)
            if test.has_hidden and not found[test.id].reason:
                hidden.append((task, test))
        # From here on the student's code knows hidden inputs: no text that it makes is kept any more.
        for task, test in hidden:
            found[test.id] = self._try(task, test, test.source, names, hidden=True)
        return [found[test.id] for task in self.assignment.tasks for test in task.tests]

    def _routes(self, task: "Task") -> list[tuple[StudentCell, str]]:
        """Return each cell that a task forbids, with the reason.

        In the task's own cell that costs its points. Another cell has not run when the task is tested: what
        it would lend to the task is missing, and what it is for otherwise still counts.
        """
        ours = _given_cells(self.assignment)
        student_cells = [cell for cell in self.cells if cell.grade_id not in ours]
        return [(cell, words) for cell in student_cells for words in banned_routes(cell.source, task.banned)]

    def _try(
        self, task: "Task", test: "TestCell", source: str, given: dict[str, Any], hidden: bool
    ) -> TestResult:
        points, reason, message = 0.0, "", ""
        try:
            value = self._run(task, test, source, given)
            points = testing.points(value, test.points)
            # Of a test with a hidden part the public part alone gives no points.
            if points < test.points and (hidden or not test.has_hidden):
                reason = f"{points:g} of {test.points:g} points"
        except (SystemFault, SandboxLost):
            raise
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            reason, message = explain(error, hidden, self.assignment.limits)
            if isinstance(error, NameError):
                reason = self._why_missing(task) or reason
            if message and self._left_out[task.id]:
                message += self._without(task)
            if isinstance(error, SessionLost):
                self.running.lose()
        return TestResult(test.id, task.id, points, test.points, reason, message[:MESSAGE])

    def _run(self, task: "Task", test: "TestCell", source: str, given: dict[str, Any]) -> Any:
        limits, running = self.assignment.limits, self.running
        session = running.session(frozenset(self._left_out[task.id]))
        running.clock.start(limits.test_seconds, running.until)
        begun, names = self._begun.pop(test.id, (None, None))
        rest = testing.hidden_rest(source, frozenset(test.hidden_lines)) if names is not None else None
        if rest is not None and begun is session:
            return testing.run(rest, test.id, names, limits.test_seconds)
        seed = int.from_bytes(derive(self._secret, "inputs", self._sha.hex(), test.id)[:7], "big")
        tools = {"check": Check(seed), "student": RemoteStudent(session, running.clock)}
        names = testing.Names(
            given | tools, lambda name: session.ask("find", running.clock.deadline, name=name)
        )
        value = testing.run(source, test.id, names, limits.test_seconds)
        if test.has_hidden and source != test.source:
            self._begun[test.id] = (session, names)
        return value

    def _why_missing(self, task: "Task") -> str:
        """Return what became of the cell that should have defined the name; "" if it ran to its end."""
        for cell in self.cells:
            if cell.grade_id == task.id and cell.index in self.running.broken:
                return f"the task's cell was ended: {self.running.broken[cell.index]}"
            if cell.grade_id == task.id and self.running.outputs.get(cell.index, CellOutput(0)).error:
                return "the task's cell ended with an error"
        return ""

    def _without(self, task: "Task") -> str:
        cells = [f"cell {index + 1} ({words})" for index, words in sorted(self._left_out[task.id].items())]
        return f"\nFor this task these cells were left out: {', '.join(cells[:5])}."
