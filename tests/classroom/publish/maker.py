"""A small assignment, submissions of it and rows of the ledger, made by hand."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from classroom.author.source import Assignment, Task, TestCell
from classroom.ledger.rows import LedgerRow
from classroom.limits import Limits
from classroom.outcome import CellOutput, Outcome, TestResult

RECEIVED = datetime(2026, 3, 1, 14, 5, tzinfo=UTC)
SECRET_LINE = "expected_by_the_hidden_test = 41 + 1"


def _cell(kind: str, name: str, source: str, **nbgrader: Any) -> dict[str, Any]:
    marks = {"grade": False, "locked": True, "solution": False, "task": False, "schema_version": 3}
    cell = {"cell_type": kind, "id": name.replace("_", "-"), "source": source}
    cell["metadata"] = {"nbgrader": marks | {"grade_id": name} | nbgrader}
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def _test_cell(test: TestCell) -> dict[str, Any]:
    return _cell("code", test.id, test.source, grade=True, points=test.points, cell_type="code")


def assignment(manual: bool = True) -> Assignment:
    """Two tasks: gru_step (2 and 1 points), gcn_layer (4, partly hidden); an answer marked by hand (3)."""
    hidden = f"### BEGIN HIDDEN TESTS\n{SECRET_LINE}\nassert gcn_layer(1) == 42\n### END HIDDEN TESTS"
    values = TestCell("gru_step-values", "gru_step", "assert gru_step(1) == 1", 2)
    batch = TestCell("gru_step-batch", "gru_step", "assert gru_step(0) == 0", 1)
    layer = TestCell("gcn_layer-layer", "gcn_layer", f"assert gcn_layer(0) == 41\n{hidden}", 4)
    answers = {
        "gru_step": "def gru_step(x):\n    return x",
        "gcn_layer": "def gcn_layer(x):\n    return 41 + x",
    }
    solution = "### BEGIN SOLUTION\n{}\n### END SOLUTION"
    cells = [
        _cell("code", "tools", "from classroom.checks import check, student"),
        _cell("markdown", "gru_step-text", "## One step"),
        _cell("code", "gru_step", solution.format(answers["gru_step"]), locked=False, solution=True),
        _test_cell(values),
        _test_cell(batch),
        _cell("code", "gcn_layer", solution.format(answers["gcn_layer"]), locked=False, solution=True),
        _test_cell(layer),
    ]
    marked: tuple[tuple[str, float], ...] = ()
    if manual:
        marked = (("essay", 3),)
        cells.append(
            _cell("markdown", "essay", "Write here.", locked=False, solution=True, grade=True, points=3)
        )
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    tasks = tuple(
        Task(tests[0].task, tests, answers[tests[0].task], "", "gated-units/gru", 5, 1, (), None)
        for tests in ((values, batch), (layer,))
    )
    return Assignment("gates", "Gated units", notebook, tasks, (), Limits(), False, "5e" * 32, marked)


ABOUT = """\
title: Gated units
tasks:
  gru_step: {chapter: gated-units/gru, minutes: 5, level: 1}
  gcn_layer: {chapter: gated-units/gru, minutes: 5, level: 1}
"""


def save_source(exercises: Path) -> None:
    """Write the assignment's source where ``load_assignment`` finds it."""
    folder = exercises / "gates"
    folder.mkdir(parents=True)
    (folder / "gates.ipynb").write_text(json.dumps(assignment().notebook), encoding="utf-8")
    (folder / "assignment.yml").write_text(ABOUT, encoding="utf-8")


def outcome(points=(2, 1, 4), reasons=("", "", ""), messages=("", "", ""), **more: Any) -> Outcome:
    """The outcome of a graded submission with these points for the three tests."""
    names = (
        ("gru_step-values", "gru_step", 2),
        ("gru_step-batch", "gru_step", 1),
        ("gcn_layer-layer", "gcn_layer", 4),
    )
    tests = tuple(
        TestResult(test, task, got, full, reason, message)
        for (test, task, full), got, reason, message in zip(names, points, reasons, messages, strict=True)
    )
    return Outcome("graded", "", tests, **more)


def refused(reason: str = "the file is empty") -> Outcome:
    return replace(outcome((0, 0, 0), (reason,) * 3), status="refused", reason=reason)


def row(student: str = "ada", result: Outcome | None = None, data: bytes = b"", **more: Any) -> LedgerRow:
    sha = hashlib.sha256(data or student.encode()).hexdigest()
    values = {
        "received": RECEIVED,
        "attempts": 1,
        "worker": "w",
        "finished": RECEIVED + timedelta(minutes=10),
    }
    return LedgerRow(student=student, sha=sha, outcome=result or outcome(), **(values | more))


def submission(
    gru: str = "def gru_step(x):\n    return x", essay: str = "Gates forget.", extra: str = ""
) -> bytes:
    """The bytes of a student's notebook; ``extra`` is a cell of the student's own after the first task."""
    notebook = json.loads(json.dumps(assignment().notebook))
    for cell in notebook["cells"]:
        name = cell["metadata"]["nbgrader"]["grade_id"]
        if name == "gru_step":
            cell["source"] = gru
        elif name == "essay":
            cell["source"] = essay
        elif name == "gcn_layer-layer":
            cell["source"] = "assert gcn_layer(0) == 41"
    if extra:
        own = {"cell_type": "code", "id": "own", "metadata": {}, "source": extra, "outputs": []}
        notebook["cells"].insert(3, own | {"execution_count": None})
    return json.dumps(notebook).encode()


def many(count: int) -> tuple[list[LedgerRow], dict[str, bytes]]:
    """Rows of ``count`` students with different points, and their notebooks by sha."""
    rows, files = [], {}
    for number in range(count):
        data = submission(gru=f"def gru_step(x):\n    return x  # {number}")
        points = number % 3, number % 2, (number % 9) / 2
        reasons = tuple(
            "" if got == full else "check failed: values" for got, full in zip(points, (2, 1, 4), strict=True)
        )
        made = outcome(points, reasons, outputs=(CellOutput(2, f"printed {number}"),), seconds=number % 7)
        if number % 41 == 40:
            made = refused("the file is not valid JSON, so it is no notebook")
            data = b"no notebook %d" % number
        received = RECEIVED + timedelta(minutes=number)
        rows.append(row(f"student{number:04}", made, data, received=received))
        files[rows[-1].sha] = data
    return rows, files
