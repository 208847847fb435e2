"""Small assignments made of a few lines, graded in one warm sandbox."""

import json

import pytest

from classroom.author.source import load_assignment
from classroom.judge.grading import grade_notebook
from classroom.limits import Limits
from classroom.sandbox.warm import WarmSandbox
from tests.classroom.author.source_maker import cell, given, graded, save, solution
from tests.classroom.needs import needs_bubblewrap

SECRET = b"the secret of a small course"
ABOUT = """\
title: One task
limits: {cell_seconds: 2, test_seconds: 2, submission_seconds: 12}
tasks:
  f: {chapter: gated-units/gru, minutes: 5, level: 1}
"""


@pytest.fixture(scope="session")
def warm():
    needs_bubblewrap()
    with WarmSandbox(Limits(cell_seconds=2, test_seconds=2, memory_mb=512)) as sandbox:
        yield sandbox


@pytest.fixture
def task(warm, tmp_path):
    """Make an assignment of one task ``f`` from its test cells; return what grades a student's cells."""

    def make(*tests, about=ABOUT, points=2):
        made = [
            given("tools", "from classroom.checks import check, student"),
            given("given", "import torch\nTWO = 2"),
            solution("f", "### BEGIN SOLUTION\ndef f(x):\n    return x\n### END SOLUTION"),
            *(graded(f"f-{number}", source, points) for number, source in enumerate(tests)),
        ]
        assignment = load_assignment("one-task", save(tmp_path, made, about, "one-task"), SECRET)

        def grade(solution_source, *more, data=None):
            cells = [cell("code", source) for source in more]
            cells += [cell("code", solution_source, "f", solution=True)]
            notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            return grade_notebook(assignment, data or json.dumps(notebook).encode(), warm, SECRET)

        grade.assignment = assignment
        return grade

    return make
