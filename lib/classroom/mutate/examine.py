"""Examine an assignment: all trials, on several processes, and what is wrong with its tests."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from pathlib import Path

from classroom.mutate import grader, standing
from classroom.mutate.editions import Edition, editions
from classroom.mutate.exemptions import Exemption, read_exemptions
from classroom.mutate.report import Report
from classroom.mutate.trials import DRAWS, Trial, mutant_trials, variant_trials, whole_trials
from classroom.mutate.verdict import source_faults

SECRET = b"a secret for check-tests alone"


def examine(
    name: str,
    exercises: Path,
    workers: int = 1,
    secret: bytes = SECRET,
    tick: Callable[[int, int], object] = lambda done, all_: None,
) -> Report:
    """Return what the trials of an assignment say about its tests.

    Args:
        name: the assignment
        exercises: the folder of all assignments
        workers: processes
        secret: the hidden inputs are drawn from it
        tick: called with the trials done and the trials known so far

    Raises:
        ClassroomError: the source, an answer or the list of equivalent mutants is not right in itself
    """
    found = editions(name, exercises)
    report = Report(found, _exemptions(found, exercises / name))
    report.faults += source_faults(found)
    context = multiprocessing.get_context("spawn")
    given = ([edition.assignment for edition in found], secret)
    with ProcessPoolExecutor(workers, context, grader.prepare, given) as pool:
        futures: dict[Future, Trial] = {}
        try:
            for trial in _trials(found, pool, report):
                futures[pool.submit(grader.marks, trial)] = trial
            for done, future in enumerate(as_completed(futures), start=1):
                report.add(futures[future], future.result())
                tick(done, len(futures))
        finally:
            pool.shutdown(cancel_futures=True)
    report.finish()
    return report


def _trials(found: list[Edition], pool: ProcessPoolExecutor, report: Report) -> Iterator[Trial]:
    """Yield all trials, long ones first; the standing list needs to know the calls of each task."""
    tasks = [(number, task) for number, edition in enumerate(found) for task in edition.news]
    recorded = {place: pool.submit(grader.recorded, *place) for place in tasks}
    for number, edition in enumerate(found):
        yield from whole_trials(edition, number, -(-DRAWS // len(found)))
    yield from variant_trials(found)
    for number, edition in enumerate(found):
        yield from mutant_trials(edition, number)
    for (number, name), future in recorded.items():
        task = found[number].task(name)
        ways, skipped = standing.spoilings(task, future.result())
        report.skipped += [(name, way, reason) for way, reason in skipped.items()]
        yield Trial("quick", "reference", number, {}, (name,), spoiled=True)
        for way, source in ways.items():
            yield Trial("standing", way, number, {name: source}, (name,), (name,), spoiled=True)


def _exemptions(found: list[Edition], folder: Path) -> list[Exemption]:
    variants: dict[str, set[str | None]] = {}
    for edition in found:
        for task in edition.assignment.tasks:
            variants.setdefault(task.id, set()).add(task.variant)
    return read_exemptions(folder / "equivalent-mutants.yml", variants)
