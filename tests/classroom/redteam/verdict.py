"""What is wrong with the outcome of one submission of the corpus: the rules that the grader must keep."""

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from classroom.outcome import Outcome
from tests.classroom.redteam.attack import HARM, HIDDEN_MARKER, HIDDEN_VALUES, Attack

if TYPE_CHECKING:
    from classroom.author.source import Assignment

LONGEST = 4 << 20


def faults(attack: Attack, outcome: Outcome, assignment: "Assignment", canary: str) -> list[str]:
    """Return each broken rule in words; [] for a sound outcome."""
    return [*_form(outcome, assignment), *_points(attack, outcome), *_texts(outcome, canary)]


def _line(text: object) -> bool:
    return isinstance(text, str) and bool(text.strip()) and "\n" not in text and len(text) <= 1000


def _form(outcome: Outcome, assignment: "Assignment") -> list[str]:
    """Each submission ends with a grade and a reason; each test is there once."""
    found = []
    if outcome.status not in ("graded", "refused"):
        found.append(f"the status is {outcome.status!r}")
    if not _line(outcome.reason):
        found.append(f"the reason is no line: {outcome.reason!r:.200}")
    wanted = [(test.id, task.id, test.points) for task in assignment.tasks for test in task.tests]
    if [(test.test, test.task, test.max_points) for test in outcome.tests] != wanted:
        found.append("the tests are not each there once, in order, with their points")
    for test in outcome.tests:
        if not (math.isfinite(test.points) and 0 <= test.points <= test.max_points):
            found.append(f"{test.test} has {test.points} of {test.max_points} points")
        elif test.points < test.max_points and not _line(test.reason):
            found.append(f"{test.test} lost points for no reason: {test.reason!r:.200}")
    if Outcome.from_json(outcome.to_json()) != outcome:
        found.append("the outcome changes when it travels as JSON")
    return found


def _points(attack: Attack, outcome: Outcome) -> list[str]:
    found = [
        f"{test.test} gained {test.points:g} points"
        for test in outcome.tests
        if test.points and not {test.task, test.test} & attack.may_keep
    ]
    if attack.earns is not None and outcome.points != attack.earns:
        found.append(f"{outcome.points:g} points, and {attack.earns:g} were earned ({outcome.reason})")
    return found


def _texts(outcome: Outcome, canary: str) -> list[str]:
    """No word of what the attacker must not know, nor of what it must not do, comes back."""
    text = replace(outcome, seconds=0.0).to_json()
    found = []
    if len(text) > LONGEST:
        found.append(f"the outcome has {len(text)} characters")
    if HARM in text:
        at = text.index(HARM)
        found.append(f"it did what it wanted: {text[at : at + 120]!r}")
    secrets = {"a canary": canary, "the text of a hidden test": HIDDEN_MARKER}
    secrets |= {f"the hidden input {value}": value for value in HIDDEN_VALUES}
    return found + [f"the outcome shows {what}" for what, word in secrets.items() if word in text]
