"""Grade many submissions: a window of tasks on Dask, one transaction a result, and nothing done twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from classroom.engine.plugin import JudgePlugin, grade_one, plugin_name
from classroom.outcome import Outcome

if TYPE_CHECKING:
    from distributed import Client

    from classroom.author.source import Assignment

IN_FLIGHT = 4
RETRIES = 3


@dataclass
class Summary:
    """What a run did: results recorded, and what could not be graded because the system failed."""

    graded: int = 0
    refused: int = 0
    faults: dict[str, str] = field(default_factory=dict)


@contextmanager
def cluster(workers: int, scheduler: str | None) -> Iterator["Client"]:
    """Give a client of ``scheduler`` (``tcp://...``), or of a local cluster of ``workers`` processes."""
    import logging

    import dask
    from distributed import Client, LocalCluster

    settings = {
        "distributed.scheduler.allowed-failures": 20,
        "distributed.comm.timeouts.connect": "60s",
        # Gradings run long in one call: a worker that is busy is not lost.
        "distributed.scheduler.worker-ttl": None,
        "distributed.worker.memory.terminate": False,
        "distributed.worker.memory.pause": False,
        "distributed.worker.memory.spill": False,
        "distributed.worker.memory.target": False,
    }
    # A lost worker is no news to a person: its work is done again; what fails for good is told at the end.
    logging.getLogger("distributed").setLevel(logging.ERROR)
    with dask.config.set(settings):
        if scheduler:
            with Client(scheduler, timeout="60s") as client:
                yield client
            return
        local = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address="127.0.0.1:0",
            memory_limit=0,
        )
        with local, Client(local) as client:
            yield client


def grade_all(
    client: "Client",
    assignment: "Assignment",
    secret: bytes,
    todo: list[str],
    read: Callable[[str], bytes],
    record: Callable[[str, Outcome, int, str], Any],
    tick: Callable[[str], Any] = lambda sha: None,
) -> Summary:
    """Grade the submissions ``todo`` (their hashes) and record each result as it comes.

    Args:
        client: the cluster
        assignment: what is graded
        secret: the course secret
        todo: hashes of what is to be graded
        read: gives the bytes of a hash
        record: called with hash, outcome, attempts and worker, once a result
        tick: called after each result, for a progress bar
    """
    from distributed import as_completed

    client.register_plugin(JudgePlugin(assignment, secret))
    summary, waiting, names = Summary(), iter(todo), {}
    tries: dict[str, int] = dict.fromkeys(todo, 0)

    def submit(sha: str) -> Any:
        tries[sha] += 1
        future = client.submit(grade_one, plugin_name(assignment), read(sha), pure=False, retries=RETRIES)
        names[future.key] = sha
        return future

    window = max(IN_FLIGHT * sum(client.nthreads().values()), IN_FLIGHT)
    done = as_completed([submit(sha) for _, sha in zip(range(window), waiting, strict=False)])
    for future in done:
        sha = names.pop(future.key)
        if future.status == "finished":
            text, attempts, worker = future.result()
            outcome = Outcome.from_json(text)
            record(sha, outcome, attempts, worker)
            summary.graded += outcome.status == "graded"
            summary.refused += outcome.status != "graded"
        elif tries[sha] <= RETRIES:
            done.add(submit(sha))
            continue
        else:
            summary.faults[sha] = str(future.exception())
        tick(sha)
        if (following := next(waiting, None)) is not None:
            done.add(submit(following))
    client.unregister_worker_plugin(plugin_name(assignment))
    return summary
