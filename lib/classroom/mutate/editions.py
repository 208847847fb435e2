"""An assignment under each choice of its variants, so that every option is under test once."""

from dataclasses import dataclass
from pathlib import Path

from classroom.author.about import read_about
from classroom.author.answers import Answers, read_answers
from classroom.author.source import Assignment, Task, load_assignment


@dataclass(frozen=True)
class Edition:
    """The assignment as one class could get it, and its answers.

    ``news`` are the tasks that no earlier edition has in this form: only these need to be examined again.
    """

    assignment: Assignment
    answers: Answers
    news: tuple[str, ...]

    def task(self, name: str) -> Task:
        """Return one task."""
        return next(task for task in self.assignment.tasks if task.id == name)


def editions(name: str, exercises: Path) -> list[Edition]:
    """Return as few editions as hold every option of every task; the first has each task's first option."""
    first = load_assignment(name, exercises)
    options = {
        task: told.variants
        for task, told in read_about(exercises / name / "assignment.yml").tasks.items()
        if told.variants
    }
    found, seen = [], set()
    for number in range(max(map(len, options.values()), default=1)):
        chosen = {task: names[number % len(names)] for task, names in options.items()}
        assignment = load_assignment(name, exercises, choices=chosen) if number else first
        news = tuple(task.id for task in assignment.tasks if (task.id, task.variant) not in seen)
        seen |= {(task.id, task.variant) for task in assignment.tasks}
        found.append(Edition(assignment, read_answers(assignment, exercises), news))
    return found
