"""Are the marks of the made class as designed?"""

from typing import TYPE_CHECKING

from classroom.errors import ClassroomError
from classroom.example.recipes import CLASS, FULL, NOTHING, designed
from classroom.outcome import Outcome

if TYPE_CHECKING:
    from classroom.author.source import Assignment


def differences(assignment: "Assignment", url: str) -> list[str]:
    """Return, in words, each student whose marks in the ledger are not as designed."""
    from classroom.ledger.store import Ledger

    with Ledger(url) as ledger:
        rows = {row.student: row for row in ledger.results(assignment.name, assignment.version)}
    if not rows:
        raise ClassroomError(f"{url}: no results of {assignment.name} under the present version of its tests")
    found = [f"{name}: not in the made class" for name in sorted(rows.keys() - CLASS.keys())]
    for student, recipe in CLASS.items():
        if student not in rows:
            found.append(f"{student}: no grade")
            continue
        wanted = designed(recipe, [task.id for task in assignment.tasks])
        found += [f"{student}: {words}" for words in _wrong(rows[student].outcome, wanted)]
    return found


def _wrong(outcome: Outcome, wanted: dict[str, str]) -> list[str]:
    found = []
    for task, design in wanted.items():
        tests = [test for test in outcome.tests if test.task == task]
        got, most = sum(test.points for test in tests), sum(test.max_points for test in tests)
        right = got == most if design == FULL else got == 0 if design == NOTHING else got < most
        if not right or not outcome.reason:
            found.append(f"{task}: {got:g} of {most:g} points, designed: {design}")
    return found
