"""Run notebooks in place, as the book and the checks run them, and leave them in normal form."""

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from classroom.colab import install_address, with_setup
from classroom.faults import faults
from classroom.normal_form import dumps, normalise
from classroom.notebooks import NotebookError, read, repository_root, write

CELL_SECONDS = 600  # a guard against hangs


class Run(NamedTuple):
    """How the run of one notebook went."""

    path: Path
    seconds: float
    slowest_cell: int
    slowest_seconds: float
    failure: str | None
    faults: list[str]


def execute_files(paths: list[Path], jobs: int = 1) -> int:
    """Run notebooks in place, ``jobs`` at once, and return how many failed."""
    started = time.perf_counter()
    failed = 0
    for number, run in enumerate(_runs(paths, jobs), start=1):
        failed += run.failure is not None
        print(f"[{number}/{len(paths)}] {run.path}: {_told(run)}", flush=True)
        for fault in run.faults:
            print(f"    {fault}")
        if run.failure:
            print("    " + run.failure.replace("\n", "\n    "))
    seconds = time.perf_counter() - started
    print(f"{len(paths)} notebooks, {failed} failed, {seconds:.1f} s in all")
    return failed


def _told(run: Run) -> str:
    if run.failure:
        return f"FAILED after {run.seconds:.1f} s, left as it was"
    return f"{run.seconds:.1f} s (slowest: cell {run.slowest_cell}, {run.slowest_seconds:.1f} s)"


def _runs(paths: list[Path], jobs: int):
    if jobs <= 1:
        yield from (execute(path, show_cells=sys.stderr.isatty()) for path in paths)
        return
    # Fresh processes: a forked one would share the parent's event loop and threads.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from (done.result() for done in as_completed([pool.submit(execute, path) for path in paths]))


def execute(path: Path, show_cells: bool = False) -> Run:
    """Run one notebook in this environment's own kernel and write it back in normal form."""
    clock = _Clock(path, show_cells)
    try:
        notebook, before = read(path)
        notebook, _ = with_setup(notebook, install_address(repository_root(path.parent)))
        # Normal form first: the kernel's client wants cells with ids.
        clean = _run_cells(normalise(notebook)[0], path, clock)
        if read(path)[1] != before:
            raise NotebookError("the file was changed while it ran: run it again")
    except NotebookError as error:
        return Run(path, clock.total(), 0, 0.0, str(error), [])
    write(path, dumps(clean))
    number, seconds = max(clock.cells.items(), key=lambda item: item[1], default=(0, 0.0))
    return Run(path, clock.total(), number, seconds, None, faults(clean))


def _run_cells(notebook: dict, path: Path, clock: "_Clock") -> dict:
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    client = NotebookClient(
        nbformat.reads(dumps(notebook), as_version=4),
        timeout=CELL_SECONDS,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.resolve().parent)}},
        store_widget_state=False,
        record_timing=False,
        on_cell_execute=clock.start,
        on_cell_executed=clock.stop,
    )
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    try:
        return normalise(client.execute(env=environment))[0]
    except CellTimeoutError as error:
        raise NotebookError(f"cell {clock.current}: ran for more than {CELL_SECONDS} s") from error
    except CellExecutionError as error:
        raise NotebookError(
            f"cell {clock.current}: {error.ename}: {error.evalue}\n{error.traceback}"
        ) from error
    except DeadKernelError as error:
        raise NotebookError(f"cell {clock.current}: the kernel died") from error


class _Clock:
    """Seconds by cell, told on the terminal while they pass."""

    def __init__(self, path: Path, show: bool):
        self.path, self.show = path, show
        self.cells: dict[int, float] = {}
        self.current = 0
        self.started = self.cell_started = time.perf_counter()

    def start(self, cell: dict, cell_index: int) -> None:
        self.current, self.cell_started = cell_index + 1, time.perf_counter()
        if self.show:
            print(f"\r{self.path}: cell {self.current} ", end="", file=sys.stderr, flush=True)

    def stop(self, cell: dict, cell_index: int, execute_reply: dict) -> None:
        self.cells[cell_index + 1] = time.perf_counter() - self.cell_started
        if self.show:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def total(self) -> float:
        return time.perf_counter() - self.started
