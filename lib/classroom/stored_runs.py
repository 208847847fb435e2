"""The runs of the chapters: executed once, kept, and taken again while what decides them is the same.

Kept with each run: its outputs, its seconds, its processor seconds, and how near each statement came to its
bound. The key of all runs is made of the library with its data, the lock file and Python. A chapter's own
key is its code, so a text can be written anew without a run.
"""

import hashlib
import os
import re
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from classroom.execute import client_for, kernel_environment

AT_ONCE = max(2, min(4, os.cpu_count() or 1))
MARGINS = "SEQGRAPH_MARGINS"
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
# What the design allows a chapter in seconds of a processor, and in the median of all: figures, never limits.
SECONDS, SECONDS_MEDIAN = 40, 25


class Run(NamedTuple):
    """One execution of a chapter."""

    notebook: Any
    seconds: float
    processor: float
    margins: str
    failure: str | None


def outputs_key(root: Path) -> str:
    """Return what changes whenever a stored run may have become stale."""
    digest = hashlib.sha256(sys.version.encode())
    library = root / "lib" / "seqgraph"
    files = [path for path in library.rglob("*") if path.is_file()]
    sources = [path for path in files if _decides(path.relative_to(library).as_posix())]
    for path in sorted([*sources, root / "requirements.lock"]):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _decides(path: str) -> bool:
    """Return whether a file of the library can change what a chapter prints: no cache, no style."""
    return not re.search(r"(^|/)(\.|__pycache__/|ruff\.toml$)", path)


class StoredRuns:
    """The runs that are kept below ``_build``, where the pages are made from them."""

    def __init__(self, root: Path):
        from jupyter_cache import get_cache

        self.folder, self.key = root / "_build" / ".jupyter_cache", root / "_build" / "outputs.key"
        self.wanted = outputs_key(root)
        self.cache = get_cache(self.folder)

    def is_stale(self) -> bool:
        """Return whether what is kept belongs to another library, lock file or Python."""
        return not (self.key.exists() and self.key.read_text() == self.wanted)

    def renew(self) -> bool:
        """Throw away what is stale; return whether there was something."""
        emptied = self.folder.exists() and self.is_stale()
        if emptied:
            shutil.rmtree(self.folder)
        self.key.parent.mkdir(exist_ok=True)
        self.key.write_text(self.wanted)
        return emptied

    def find(self, path: Path) -> Run | None:
        """Return the kept run of exactly this code, or None; one that failed is as good as none."""
        run = self.last(path)
        return None if run is None or run.failure else run

    def last(self, path: Path) -> Run | None:
        """Return the kept run of exactly this code, even if it failed."""
        import nbformat

        try:
            record = self.cache.match_cache_notebook(nbformat.read(path, as_version=4))
        except KeyError:
            return None
        if "processor_seconds" not in record.data:
            return None  # not kept by us: nothing is known of how it went
        kept = [record.data[key] for key in ("execution_seconds", "processor_seconds", "margins", "failure")]
        return Run(self.cache.get_cache_bundle(record.pk).nb, *kept)

    def keep(self, path: Path, run: Run) -> None:
        """Keep a run. One that failed is kept for the pages only, which show how far it came."""
        from jupyter_cache.base import CacheBundleIn

        data = {"execution_seconds": run.seconds, "processor_seconds": run.processor}
        data |= {"margins": run.margins, "failure": run.failure}
        bundle = CacheBundleIn(run.notebook, str(path), data=data)
        self.cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def run_all(paths: list[Path], at_once: int = AT_ONCE) -> Iterator[tuple[Path, Run]]:
    """Execute notebooks, some at once, and yield each run as it ends; one that fails stops no other."""
    # Fresh processes: a forked one would share the parent's event loop and threads.
    with ProcessPoolExecutor(at_once, mp_context=get_context("spawn")) as pool:
        running = {pool.submit(run_one, path): path for path in paths}
        for done in as_completed(running):
            path, error = running[done], done.exception()
            yield path, done.result() if error is None else Run(None, 0.0, 0.0, "", repr(error))


def run_one(path: Path, environment: dict[str, str] | None = None) -> Run:
    """Execute one notebook in a kernel of its own, with more environment if given."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    reached = [0]
    failure, started, used = None, time.perf_counter(), _children_seconds()
    with tempfile.TemporaryDirectory() as folder:
        margins = Path(folder) / "margins.jsonl"
        client = client_for(
            notebook,
            path.parent,
            on_cell_execute=lambda cell, cell_index: reached.append(cell_index + 1),
        )
        try:
            client.execute(
                env=os.environ | kernel_environment() | (environment or {}) | {MARGINS: str(margins)}
            )
        except Exception as error:  # also a kernel that died: this chapter's fault alone
            failure = f"cell {reached[-1]}: {_told(error)}"
        written = margins.read_text(encoding="utf-8") if margins.exists() else ""
    seconds, processor = time.perf_counter() - started, _children_seconds() - used
    return Run(notebook, seconds, processor, written, failure)


def _told(error: Exception) -> str:
    """Return what happened in one line, then the traceback of the chapter's own code if it has one."""
    traceback = COLOURS.sub("", getattr(error, "traceback", "") or "")
    if traceback:
        return f"{error.ename}: {error.evalue}\n{traceback}"
    return f"{type(error).__name__}: {error}"


def _children_seconds() -> float:
    """Return the processor seconds of the kernels that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
