"""The notebook that a marker opens: the student's cells, the instructor's tests, and what they gave."""

from typing import Any

from classroom.outcome import CellOutput, Outcome, TestResult
from classroom.publish.inert import line, passive_markdown, plain
from classroom.publish.pages import rounded
from classroom.publish.submitted import Cell, grade_id, read_cells

TEXT = 100_000


def autograded(template: list[dict[str, Any]], outcome: Outcome, data: bytes | None) -> dict[str, Any]:
    """Return a notebook from which nbgrader reads the points that the grader gave.

    Nothing of the student's metadata is taken over, and no HTML: markers open it with their own rights.

    Args:
        template: the assignment's cells as the gradebook holds them, with hidden tests
        outcome: what the grader gave
        data: what the student handed in
    """
    known = {grade_id(cell) for cell in template} - {""}
    first, extra = _sorted(read_cells(data), known)
    results = {test.test: test for test in outcome.tests}
    outputs = {output.cell: output for output in outcome.outputs}
    cells = (
        [_markdown(f"**Not graded:** {passive_markdown(line(outcome.reason))}")]
        if outcome.status != "graded"
        else []
    )
    cells += [_own(cell, outputs) for cell in extra.get("", [])]
    for given in template:
        name = grade_id(given)
        marks = given["metadata"].get("nbgrader", {})
        if marks.get("solution") or marks.get("task"):
            cells.append(_answer(given, first.get(name), outputs))
        elif marks.get("grade"):
            cells.append(_test(given, results.get(name), outcome))
        else:
            cells.append(_copy(given, given["source"]))
        cells += [_own(cell, outputs) for cell in extra.get(name, [])] if name else []
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    numbered = [cell | {"id": f"cell-{number}"} for number, cell in enumerate(cells)]
    return {"cells": numbered, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _sorted(cells: list[Cell], known: set[str]) -> tuple[dict[str, Cell], dict[str, list[Cell]]]:
    """Return the first cell of each known id, and the other cells by the known id that they follow."""
    first: dict[str, Cell] = {}
    extra: dict[str, list[Cell]] = {}
    after = ""
    for cell in cells:
        if cell.grade_id in known and cell.grade_id not in first:
            first[cell.grade_id] = cell
            after = cell.grade_id
        else:
            extra.setdefault(after, []).append(cell)
    return first, extra


def _answer(given: dict[str, Any], cell: Cell | None, outputs: dict[int, CellOutput]) -> dict[str, Any]:
    if cell is None or cell.kind != given["cell_type"]:
        return _copy(given, "")
    if cell.source == given["source"]:
        return _copy(given, given["source"])
    if cell.kind == "markdown":
        return _copy(given, passive_markdown(cell.source, TEXT))
    return _copy(given, plain(cell.source, TEXT)) | {"outputs": _printed(cell, outputs)}


def _own(cell: Cell, outputs: dict[int, CellOutput]) -> dict[str, Any]:
    if cell.kind == "markdown":
        return _markdown(passive_markdown(cell.source, TEXT))
    bare = {"cell_type": "code", "metadata": {}, "execution_count": None}
    return bare | {"source": plain(cell.source, TEXT), "outputs": _printed(cell, outputs)}


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def _copy(given: dict[str, Any], source: str) -> dict[str, Any]:
    cell = {"cell_type": given["cell_type"], "metadata": given["metadata"], "source": source}
    return cell | ({"execution_count": None, "outputs": []} if given["cell_type"] == "code" else {})


def _printed(cell: Cell, outputs: dict[int, CellOutput]) -> list[dict[str, Any]]:
    found = outputs.get(cell.index)
    if found is None:
        return []
    return [
        *([_stream(plain(found.text, TEXT))] if found.text else []),
        *([_error("Error", line(found.error), plain(found.error, TEXT))] if found.error else []),
    ]


def _test(given: dict[str, Any], result: TestResult | None, outcome: Outcome) -> dict[str, Any]:
    """Return a test cell with the outputs that mean these points to nbgrader's ``determine_grade``."""
    full = float(given["metadata"]["nbgrader"]["points"])
    points = result.points if result else 0.0
    reason = line((result.reason if result else "") or outcome.reason or "not run")
    message = plain(result.message) if result and result.message else ""
    told = f"{reason}\n{message}" if message else reason
    if result is not None and points == full:
        outputs = []
    elif points > 0:
        value = {"text/plain": repr(float(points))}
        shown = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": value}
        outputs = [_stream(f"{rounded(points)} of {rounded(full)} points: {told}\n"), shown]
    else:
        outputs = [_error("NoPoints", reason, told)]
    return _copy(given, given["source"]) | {"outputs": outputs}


def _stream(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def _error(name: str, value: str, text: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": value, "traceback": [text]}
