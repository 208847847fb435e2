"""Run a student's notebook and its public checks in an ordinary kernel, as the student would."""

import math
import os
import re
import tempfile
from dataclasses import replace
from typing import Any

from classroom.author.cells import Cell, cells_of, task_of
from classroom.author.release import tools_source
from classroom.notebooks import NotebookError

GIVEN_SECONDS = 600  # a guard
MESSAGE = 300


class _Stopped(Exception):
    """A cell ended its kernel."""

    def __init__(self, place: int, reason: str) -> None:
        super().__init__(reason)
        self.place = place


def try_checks(notebook: dict[str, Any], reference: dict[str, Any] | None, seconds: float) -> dict[str, str]:
    """Return for each task "" where its public checks pass, or what went wrong first.

    Cells run as in grading: the student's first, in order, then each test cell; a cell that hangs or kills
    its kernel is left out from then on. Nothing is walled off: it is the student's own code.

    Args:
        notebook: the student's
        reference: the released one, whose given code and test cells are used; else the student's own
        seconds: for each cell
    """
    plan = _plan(notebook, reference)
    stopped: dict[int, str] = {}
    while True:
        try:
            found = _run([None if n in stopped else cell.source for n, cell in enumerate(plan)], seconds)
            break
        except _Stopped as stop:
            stopped[stop.place] = str(stop)
    told: dict[str, str] = {}
    for place, cell in enumerate(plan):
        reason = stopped.get(place) or _reason(found[place], cell)
        if cell.kind == "test":
            told[cell.task] = told.get(cell.task) or reason
        elif cell.kind == "solution" and reason:
            told[cell.id] = f"its cell fails: {reason}"
    return told


def _plan(notebook: dict[str, Any], reference: dict[str, Any] | None) -> list[Cell]:
    """Return what runs, in order: the tools, given code that is missing, the student's cells, the tests."""
    mine = [cell for cell in cells_of(notebook) if cell.type == "code"]
    known = [cell for cell in cells_of(reference or notebook) if cell.type == "code"]
    given = {cell.id: cell for cell in known if cell.kind == "given"}
    tests = [replace(cell, task=task_of(cell)) for cell in known if cell.kind == "test"]
    left_out = {"tools", *(test.id for test in tests)}
    first = [cell for name, cell in given.items() if name not in {cell.id for cell in mine}]
    run = [given.get(cell.id, cell) for cell in mine if cell.kind != "test"]
    tools = Cell(0, "given", "code", "tools", tools_source(), None, True, "")
    return [tools, *(cell for cell in first + run if cell.id not in left_out), *tests]


def _reason(outputs: list[Any], cell: Cell) -> str:
    """Return why a cell does not count in full, from what it put out; "" if it does."""
    for output in outputs:
        if output["output_type"] == "error":
            text = " ".join(f"{output['ename']}: {output['evalue']}".split()).removeprefix("CheckFailed: ")
            return text if len(text) <= MESSAGE else text[:MESSAGE] + "..."
        if output["output_type"] == "execute_result" and cell.kind == "test":
            value = output["data"].get("text/plain", "")
            if re.fullmatch(r"\d+(\.\d+)?", value) and float(value) < cell.points:
                return f"{cell.id} gives {value} of {cell.points:g} points"
    return ""


def _run(sources: list[str | None], seconds: float) -> list[list[Any]]:
    """Return each cell's outputs; raise _Stopped for a cell that takes too long or kills the kernel."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    cells = [nbformat.v4.new_code_cell(source or "") for source in sources]
    book = nbformat.v4.new_notebook(cells=cells)
    current = [0]
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            book,
            allow_errors=True,
            shutdown_kernel="immediate",
            # The first cell imports PyTorch, which may take long on a small machine.
            timeout_func=lambda cell: GIVEN_SECONDS if current[0] == 0 else max(1, math.ceil(seconds)),
            kernel_name="python3",
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": folder}},
            store_widget_state=False,
            record_timing=False,
            on_cell_start=lambda cell, cell_index: current.__setitem__(0, cell_index),
        )
        environment = os.environ | {"OMP_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        try:
            client.execute(env=environment)
        except CellTimeoutError:
            raise _Stopped(current[0], f"ran for more than {seconds:g} s") from None
        except DeadKernelError:
            raise _Stopped(current[0], "ended the kernel") from None
        except RuntimeError as error:
            raise NotebookError(f"no kernel can be started here: {error}") from error
    return [cell.outputs for cell in book.cells]
