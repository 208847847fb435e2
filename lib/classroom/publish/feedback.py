"""One page a student: points, reasons, and the student's own cells. Nothing of a hidden test but its name."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from classroom.intake.names import file_name
from classroom.notebooks import write
from classroom.outcome import CellOutput, Outcome, TestResult
from classroom.publish.pages import render
from classroom.publish.submitted import Cell, grade_id, read_cells

SHOWN_CELLS = 100
HIDDEN = "hidden check"

Submissions = Callable[[str], bytes | None]


def write_feedback(assignment: Any, rows: Iterable[Any], out: Path, submissions: Submissions) -> list[Path]:
    """Write one self-contained HTML page for each row and return their paths, in the order of the rows.

    Args:
        assignment: what was graded
        rows: the ledger's rows
        out: folder of the pages; it is made if it is not there
        submissions: gives the bytes of a submission, or None
    """
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for row in rows:
        path = out / f"{file_name(row.student)}.html"
        write(path, feedback_page(assignment, row, submissions(row.sha)))
        paths.append(path)
    return paths


def feedback_page(assignment: Any, row: Any, data: bytes | None) -> str:
    """Return the page of one student; ``data`` is what was handed in."""
    outcome: Outcome = row.outcome
    outputs = {output.cell: output for output in outcome.outputs}
    own = _own_cells(assignment, read_cells(data))
    solved = {task.id: [] for task in assignment.tasks}
    for cell in own:
        if cell.grade_id in solved:
            solved[cell.grade_id].append(_shown(cell, outputs))
    return render(
        "feedback.html",
        assignment=assignment,
        row=row,
        outcome=outcome,
        tasks=[_task(task, outcome, solved[task.id]) for task in assignment.tasks],
        others=[_shown(cell, outputs) for cell in own if cell.grade_id not in solved][:SHOWN_CELLS],
    )


def _own_cells(assignment: Any, cells: list[Cell]) -> list[Cell]:
    """Return the code cells that the student wrote: all but the copies of the instructor's."""
    tasks = {task.id for task in assignment.tasks} | {name for name, _ in assignment.manual}
    given = {grade_id(cell) for cell in assignment.notebook["cells"]} - tasks - {""}
    return [cell for cell in cells if cell.kind == "code" and cell.grade_id not in given]


def _task(task: Any, outcome: Outcome, cells: list[dict[str, Any]]) -> dict[str, Any]:
    results = {result.test: result for result in outcome.tests}
    tests = [_test(test, task.id, results.get(test.id)) for test in task.tests]
    points = sum(test["points"] for test in tests)
    full = sum(test.points for test in task.tests)
    return {"id": task.id, "points": points, "max": full, "tests": tests, "cells": cells[:SHOWN_CELLS]}


def _test(test: Any, task: str, result: TestResult | None) -> dict[str, Any]:
    points, reason, message = (result.points, result.reason, result.message) if result else (0.0, "", "")
    passed = result is not None and points >= test.points
    if HIDDEN in reason:
        message = ""  # only a public check may speak
    return {
        "name": test.id.removeprefix(f"{task}-"),
        "points": points,
        "max": test.points,
        "hidden": test.has_hidden,
        "kind": "good" if passed else "part" if points > 0 else "bad",
        "reason": reason or ("all checks passed" if passed else "not run"),
        "message": message,
    }


def _shown(cell: Cell, outputs: dict[int, CellOutput]) -> dict[str, Any]:
    output = outputs.get(cell.index, CellOutput(cell.index))
    return {"number": cell.index + 1, "source": cell.source, "text": output.text, "error": output.error}
