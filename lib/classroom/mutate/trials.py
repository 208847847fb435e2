"""What is graded to examine an assignment, and what must come of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from classroom.mutate.editions import Edition
from classroom.mutate.mutants import mutants

DRAWS = 20


@dataclass(frozen=True)
class Trial:
    """A submission, graded with one or several draws of the hidden inputs.

    Args:
        kind: "reference", "right", "blank", "wrong", "mutant", "standing" or "other variant"
        name: which one
        edition: number of the edition whose tests are used
        cells: task -> cell text, where it is not the reference
        tasks: whose tests are run
        losing: the tasks that must lose points; the others must keep all
        redrawn: the tasks that are graded again with other hidden inputs
        draws: how often in all
        spoiled: short time limits and no banned routes, so that the checks themselves must notice
        about: what the report needs of it
    """

    kind: str
    name: str
    edition: int
    cells: dict[str, str]
    tasks: tuple[str, ...]
    losing: tuple[str, ...] = ()
    redrawn: tuple[str, ...] = ()
    draws: int = 1
    spoiled: bool = False
    about: Any = None


@dataclass(frozen=True)
class Marks:
    """What came of the grading and of each further draw: task -> (points, reason of the first loss)."""

    draws: tuple[dict[str, tuple[float, str]], ...]
    seconds: float


def whole_trials(edition: Edition, number: int, draws: int) -> Iterator[Trial]:
    """Yield the trials of whole notebooks: reference, right and wrong answers, and the blank stubs."""
    tasks = tuple(task.id for task in edition.assignment.tasks)
    yield Trial("reference", "reference", number, {}, tasks, (), tasks, draws)
    for place, cells in enumerate(edition.answers.right, start=1):
        yield Trial("right", f"right answer {place}", number, cells, tasks, (), tuple(cells), draws)
    for wrong in edition.answers.wrong:
        cells = tuple(wrong.cells)
        # What a wrong cell does to the tasks beside it does not depend on the edition.
        graded = tasks if number == 0 else tuple(dict.fromkeys([*cells, *wrong.loses]))
        yield Trial("wrong", wrong.name, number, wrong.cells, graded, wrong.loses, cells, draws)
    stubs = {task.id: task.stub for task in edition.assignment.tasks}
    yield Trial("blank", "blank", number, stubs, tasks, tasks)


def mutant_trials(edition: Edition, number: int) -> Iterator[Trial]:
    """Yield the mutants of each task that is new in this edition."""
    for name in edition.news:
        for mutant in mutants(edition.assignment, edition.task(name)):
            cells = {name: mutant.source}
            yield Trial("mutant", str(mutant), number, cells, (name,), (name,), spoiled=True, about=mutant)


def variant_trials(found: list[Edition]) -> Iterator[Trial]:
    """Yield each option's reference under the tests of each other option: a solution handed on."""
    solutions = {
        (task.id, task.variant): task.solution for edition in found for task in edition.assignment.tasks
    }
    for number, edition in enumerate(found):
        for name in edition.news:
            for (task, option), source in solutions.items():
                if task == name and option != edition.task(name).variant:
                    label = f"solution of variant {option}"
                    yield Trial(
                        "other variant", label, number, {name: source}, (name,), (name,), spoiled=True
                    )
