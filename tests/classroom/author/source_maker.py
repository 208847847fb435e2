"""A small source notebook for the tests of the author's side."""

import copy
import json
from pathlib import Path
from textwrap import dedent

NBGRADER = {"schema_version": 3, "task": False, "grade": False, "locked": False, "solution": False}
ABOUT = """\
title: Small steps
limits: {cell_seconds: 4}
tasks:
  double:
    chapter: gated-units/gru
    minutes: 5
    level: 1
    banned: [mul]
  shift:
    chapter: gated-units/lstm
    minutes: 7
    level: 2
    variants: [up, down]
"""


def cell(kind, source, name=None, **about):
    made = {"cell_type": kind, "metadata": {}, "source": dedent(source).strip("\n")}
    if name is not None:
        made["metadata"]["nbgrader"] = NBGRADER | {"grade_id": name} | about
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def given(name, source):
    return cell("code", source, name, locked=True)


def solution(name, source):
    return cell("code", source, name, solution=True)


def graded(name, source, points=1):
    return cell("code", source, name, grade=True, locked=True, points=points)


def cells():
    return [
        cell("markdown", "# Small steps"),
        given("tools", "from classroom.checks import check, student"),
        given("imports", "import torch"),
        cell("markdown", "Return the double of `x`.", "double-text", locked=True),
        solution(
            "double",
            '''
            def double(x):
                """Return 2 x."""
                ### BEGIN SOLUTION
                secret_of_double = x + x
                return secret_of_double
                ### END SOLUTION
            ''',
        ),
        graded(
            "double-values",
            """
            check.close("of one", double(torch.ones(2)), torch.full((2,), 2.0), look="the docstring")
            ### BEGIN HIDDEN TESTS
            hidden_input = torch.rand(3, generator=check.generator())
            check.close("of a random vector", double(hidden_input), 2 * hidden_input)
            ### END HIDDEN TESTS
            """,
            points=2,
        ),
        cell(
            "markdown",
            """
            Shift `x` by one
            <!-- BEGIN VARIANT shift up -->
            upwards.
            <!-- END VARIANT -->
            <!-- BEGIN VARIANT shift down -->
            downwards.
            <!-- END VARIANT -->
            """,
            "shift-text",
            locked=True,
        ),
        solution(
            "shift",
            """
            def shift(x):
                ### BEGIN SOLUTION
                ### BEGIN VARIANT shift up
                return x + 1
                ### END VARIANT
                ### BEGIN VARIANT shift down
                return x - 1
                ### END VARIANT
                ### END SOLUTION
            """,
        ),
        graded(
            "shift-values",
            """
            ### BEGIN VARIANT shift up
            check.close("of zero", shift(0.0), 1.0)
            ### END VARIANT
            ### BEGIN VARIANT shift down
            check.close("of zero", shift(0.0), -1.0)
            ### END VARIANT
            """,
        ),
        graded(
            "shift-more",
            """
            ### BEGIN HIDDEN TESTS
            check.equal("of a whole number", type(shift(1)) is int, True)
            ### END HIDDEN TESTS
            """,
        ),
        cell("markdown", "Why?", "why", grade=True, solution=True, points=3),
    ]


def save(folder: Path, made=None, about=ABOUT, name="small-steps") -> Path:
    """Write an assignment into the folder of exercises and return that folder."""
    target = folder / "exercises" / name
    target.mkdir(parents=True, exist_ok=True)
    made = cells() if made is None else made
    notebook = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (target / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (target / "assignment.yml").write_text(about, encoding="utf-8")
    return folder / "exercises"


def changed(name, **changes):
    """Return the cells with one of them changed: its source, or its nbgrader metadata."""
    made = copy.deepcopy(cells())
    for found in made:
        about = found["metadata"].get("nbgrader", {})
        if about.get("grade_id") == name:
            found["source"] = changes.pop("source", found["source"])
            found["cell_type"] = changes.pop("cell_type", found["cell_type"])
            about.update(changes)
            return made
    raise KeyError(name)
