"""One grading session: what is new goes into the ledger, what has no result yet is graded."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from classroom.engine.run import Summary, cluster, grade_all
from classroom.judge.grading import refuse
from classroom.ledger.store import Ledger

if TYPE_CHECKING:
    from classroom.author.source import Assignment
    from classroom.intake import Submission

FAULT = b"no notebook: "


def take_in(ledger: Ledger, assignment: "Assignment", submissions: Iterable["Submission"]) -> int:
    """Put submissions into the ledger; one without a notebook is kept as the sentence that says why."""
    count = 0
    for found in submissions:
        data = found.data if found.data is not None else FAULT + found.fault.encode("utf-8", "replace")
        ledger.add_submission(assignment.name, found.student, data, found.uri, found.received)
        count += 1
    return count


def grade_waiting(
    ledger: Ledger,
    assignment: "Assignment",
    secret: bytes,
    workers: int,
    scheduler: str | None = None,
) -> Summary:
    """Grade every student's latest submission that has no result under this version of the tests.

    Run again after any crash: what is in the ledger stays, the rest is graded.

    Args:
        ledger: where submissions are and results go
        assignment: what is graded
        secret: the course secret
        workers: processes of the local cluster
        scheduler: address of another cluster, ``tcp://host:port``
    """
    ledger.set_version(assignment.version, assignment.name, assignment.title)
    latest = dict.fromkeys(row.sha for row in ledger.latest(assignment.name))
    todo = [sha for sha in latest if not ledger.known(sha, assignment.version)]
    summary = Summary()
    notebooks = []
    for sha in todo:
        data = ledger.submission_bytes(sha)
        if data.startswith(FAULT):
            reason = data.removeprefix(FAULT).decode("utf-8", "replace")
            ledger.record(sha, assignment.version, refuse(assignment, reason), 1, "intake")
            summary.refused += 1
        else:
            notebooks.append(sha)
    if not notebooks:
        return summary
    with cluster(min(workers, len(notebooks)), scheduler) as client, _bar(len(notebooks)) as bar:
        done = grade_all(
            client,
            assignment,
            secret,
            notebooks,
            ledger.submission_bytes,
            lambda sha, outcome, attempts, worker: ledger.record(
                sha, assignment.version, outcome, attempts, worker
            ),
            lambda sha: bar.update(),
        )
    for sha, said in done.faults.items():
        ledger.event("fault", f"{sha[:16]}: {said}")
    return Summary(done.graded, done.refused + summary.refused, done.faults)


def compare_again(
    ledger: Ledger, assignment: "Assignment", secret: bytes, workers: int, scheduler: str | None = None
) -> list[str]:
    """Grade again what has a result, change nothing, and return what came out differently."""
    rows = {row.sha: row for row in ledger.results(assignment.name, assignment.version)}
    shas = [sha for sha in rows if not ledger.submission_bytes(sha).startswith(FAULT)]
    different = []

    def look(sha: str, outcome, attempts: int, worker: str) -> None:
        before = [(test.test, test.points, test.reason) for test in rows[sha].outcome.tests]
        after = [(test.test, test.points, test.reason) for test in outcome.tests]
        if before != after:
            changed = [f"{a[0]}: {a[1]:g} -> {b[1]:g}" for a, b in zip(before, after, strict=True) if a != b]
            different.append(f"{rows[sha].student}: {', '.join(changed)}")

    with cluster(min(workers, max(len(shas), 1)), scheduler) as client, _bar(len(shas)) as bar:
        summary = grade_all(
            client, assignment, secret, shas, ledger.submission_bytes, look, lambda sha: bar.update()
        )
    return different + [
        f"{rows[sha].student}: could not be graded again: {said}" for sha, said in summary.faults.items()
    ]


def _bar(count: int):
    from tqdm import tqdm

    return tqdm(total=count, unit="submission", desc="grading", smoothing=0.1)


def open_ledger(url: str) -> Ledger:
    """Open the ledger, making its folder if it is a file in one that is not there yet."""
    if "://" not in url:
        Path(url).expanduser().parent.mkdir(parents=True, exist_ok=True)
    return Ledger(url)
