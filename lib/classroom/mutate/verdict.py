"""What must come of a trial, and what is wrong when something else does."""

import ast

from classroom.author.source import Assignment
from classroom.mutate.editions import Edition
from classroom.mutate.standing import wrapped_names
from classroom.mutate.trials import Marks, Trial

RIGHT_ANSWERS = 2


def faults(trial: Trial, marks: Marks, assignment: Assignment) -> list[str]:
    """Return what came out of a trial otherwise than it must; [] if all is as it should be."""
    most = {task.id: task.max_points for task in assignment.tasks}
    where = f"{trial.name}{variants(assignment, trial.tasks)}"
    found = []
    for task in trial.tasks:
        points = [draw[task][0] for draw in marks.draws if task in draw]
        reason = next((draw[task][1] for draw in marks.draws if task in draw and draw[task][1]), "")
        if len(set(points)) > 1:
            found.append(
                f"{where}: {task} gets from {min(points):g} to {max(points):g} points, "
                f"depending on the inputs that are drawn: {reason}"
            )
        elif trial.kind == "blank" and points[0] > 0:
            found.append(f"{where}: {task} gets {points[0]:g} points with nothing done")
        elif task in trial.losing and points[0] == most[task]:
            found.append(f"{where}: {task} loses no point")
        elif task not in trial.losing and points[0] < most[task]:
            found.append(f"{where}: {task} gets {points[0]:g} of {most[task]:g} points: {reason}")
    return found


def variants(assignment: Assignment, tasks: tuple[str, ...]) -> str:
    """Return the variants of some tasks in brackets, "" where there are none."""
    named = [task.variant for task in assignment.tasks if task.id in tasks and task.variant]
    return f" (variant {', '.join(named)})" if named else ""


def source_faults(found: list[Edition]) -> list[str]:
    """Return what can be told without grading: too few right answers, or none that is written differently."""
    first, faults = found[0], []
    if len(first.answers.right) < RIGHT_ANSWERS:
        faults.append(
            f"answers/right-*.py: expected {RIGHT_ANSWERS} files or more, got {len(first.answers.right)}"
        )
    for task in first.assignment.tasks:
        if not wrapped_names(task):
            faults.append(f"{task.id}: its tests read no function of its cell, so it can't be spoiled")
        written = {_meaning(cells[task.id]) for cells in first.answers.right if task.id in cells}
        if not written - {_meaning(task.solution)}:
            faults.append(f"{task.id}: no right answer is written differently from the reference")
    return faults


def _meaning(source: str) -> str:
    try:
        return ast.dump(ast.parse(source))
    except SyntaxError:
        return source
