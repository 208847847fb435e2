"""Every assignment's tests: right answers get full marks, and all that is spoiled loses points."""

import os
import re
from pathlib import Path

import pytest

from classroom.author.source import load_assignment
from classroom.mutate.examine import examine
from tests.classroom.needs import needs_bubblewrap

EXERCISES = Path(__file__).resolve().parents[2] / "exercises"
CHAPTERS = {
    path.relative_to(EXERCISES.parent / "chapters").with_suffix("").as_posix()
    for path in (EXERCISES.parent / "chapters").glob("*/*.ipynb")
}
ASSIGNMENTS = sorted(path.stem for path in EXERCISES.glob("*/*.ipynb") if path.stem == path.parent.name)


def test_there_are_assignments():
    assert ASSIGNMENTS


@pytest.mark.slow
@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_tests_of_an_assignment_can_be_trusted(name):
    needs_bubblewrap()
    # Side by side, one assignment a worker; else two processes for each.
    report = examine(name, EXERCISES, workers=1 if "PYTEST_XDIST_WORKER" in os.environ else 2)
    assert not report.faults, "\n".join([report.share, *report.faults])


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_what_the_text_says_of_a_task_is_so(name):
    assignment = load_assignment(name, EXERCISES)
    texts = "\n".join("".join(cell["source"]) for cell in assignment.notebook["cells"])
    for number, task in enumerate(assignment.tasks, start=1):
        facts = f"*Level {task.level} · {task.minutes} minutes · {task.max_points:g} points · chapter "
        assert f"## {number} · `{task.id}`\n\n{facts}" in texts
        row = rf"\| `{task.id}` \| .* \| {task.level} \| {task.minutes} \| {task.max_points:g} \|"
        assert re.search(row, texts)
    told = re.search(r"about (\d+) minutes and give (\d+) points", " ".join(texts.split()))
    assert abs(int(told[1]) - sum(task.minutes for task in assignment.tasks)) <= 5
    assert int(told[2]) == assignment.max_points
    assert {task.chapter for task in assignment.tasks} <= CHAPTERS
