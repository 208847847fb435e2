"""What runs on a Dask worker: a function of this module (one of ``__main__`` would lose its judge)."""

import os
import queue
from typing import TYPE_CHECKING, Any

from distributed import WorkerPlugin, get_worker

from classroom.engine.judge import Judge

if TYPE_CHECKING:
    from classroom.author.source import Assignment


class JudgePlugin(WorkerPlugin):
    """Gives each thread of a worker its own warm judge.

    Args:
        assignment: what is graded
        secret: the course secret
    """

    def __init__(self, assignment: "Assignment", secret: bytes) -> None:
        self.name = plugin_name(assignment)
        self.idempotent = True
        self._assignment, self._secret = assignment, secret

    def setup(self, worker: Any) -> None:
        self.judges: queue.LifoQueue[Judge] = queue.LifoQueue()
        threads = worker.state.nthreads
        for thread in range(threads):
            cpu = processor(worker.name, thread, threads)
            self.judges.put(Judge(self._assignment, self._secret, cpu).start())

    def teardown(self, worker: Any) -> None:
        while not self.judges.empty():
            self.judges.get().close()


def processor(worker: Any, thread: int, threads: int) -> int | None:
    """Return the processor for one of a local cluster's judges; None where the worker has no number."""
    if not isinstance(worker, int) or not hasattr(os, "sched_getaffinity"):
        return None
    usable = sorted(os.sched_getaffinity(0))
    return usable[(worker * threads + thread) % len(usable)]


def plugin_name(assignment: "Assignment") -> str:
    """Return the name under which a worker keeps the judges of one version of an assignment."""
    return f"classroom-{assignment.name}-{assignment.version[:16]}"


def grade_one(name: str, data: bytes) -> tuple[str, int, str]:
    """Grade one submission on this worker; return the outcome as JSON, the attempts and the worker's name."""
    worker = get_worker()
    judges = worker.plugins[name].judges
    judge = judges.get()
    try:
        outcome, attempts = judge.grade(data)
    finally:
        judges.put(judge)
    return outcome.to_json(), attempts, str(worker.name)
