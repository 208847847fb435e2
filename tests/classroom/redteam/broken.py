"""Notebooks that are not sound: each ends with a grade and a reason, and honest answers in them may count."""

import json
from collections.abc import Callable

from tests.classroom.redteam.attack import (
    RIGHT,
    TASKS,
    Attack,
    Notebook,
    code,
    filled,
    find,
    grade_id,
)

ALL = frozenset(TASKS)
Change = Callable[[Notebook], Notebook | None]


def right(book: Notebook) -> Notebook:
    return filled(book, RIGHT)


def without(book: Notebook, unwanted: Callable[[dict], bool]) -> Notebook:
    book["cells"] = [cell for cell in book["cells"] if not unwanted(cell)]
    return book


def graded(cell: dict) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("grade"))


def set_source(book: Notebook, source: object) -> None:
    find(book, "rnn_step")["source"] = source


def mark(book: Notebook, name: str, **marks: object) -> None:
    find(book, name)["metadata"]["nbgrader"].update(marks)


def swap(book: Notebook) -> None:
    one, two = find(book, "rnn_step"), find(book, "gcn_layer")
    one["source"], two["source"] = two["source"], one["source"]


def swap_ids(book: Notebook) -> None:
    one, two = find(book, "rnn_step"), find(book, "gcn_layer")
    one["metadata"], two["metadata"] = two["metadata"], one["metadata"]


def twice(book: Notebook) -> None:
    wrong = {**find(book, "rnn_step"), "source": "def rnn_step(*a):\n    return 0", "id": "again"}
    book["cells"].append(wrong)


def same_ids(book: Notebook) -> None:
    for cell in book["cells"]:
        cell["id"] = "same"


def edited_tests(book: Notebook) -> None:
    for cell in filter(graded, book["cells"]):
        cell["source"] = "points = 10\npoints"


def forged_points(book: Notebook) -> None:
    for cell in filter(graded, book["cells"]):
        cell["metadata"]["nbgrader"] |= {"points": 1000, "checksum": "0", "solution": False}


def forged_scores(book: Notebook) -> None:
    book["metadata"]["nbgrader"] = {"score": 10, "max_score": 10}
    for cell in filter(graded, book["cells"]):
        result = {
            "output_type": "execute_result",
            "data": {"text/plain": "10"},
            "metadata": {},
            "execution_count": 1,
        }
        cell["outputs"] = [result]


def old_format(book: Notebook) -> None:
    book.update(nbformat=3, nbformat_minor=0, worksheets=[{"cells": book.pop("cells"), "metadata": {}}])


def other_ids(book: Notebook) -> None:
    for number, cell in enumerate(book["cells"]):
        cell["metadata"]["nbgrader"] = {"grade_id": f"other-{number}"}


PRINTED = {"output_type": "stream", "name": "stdout", "text": "a" * 10**6}
# The notebook's answers are right; these changes don't touch them, so all 10 points stand.
KEPT: dict[str, Callable[[Notebook], object]] = {
    "cells-of-the-same-id": same_ids,
    "kernel-unknown": lambda b: b["metadata"].update(kernelspec={"name": "cobol", "display_name": "C"}),
    "kernel-missing": lambda b: b.update(metadata={}),
    "metadata-is-large": lambda b: b["metadata"].update(notes="x" * 1_000_000),
    "tests-deleted": lambda b: without(b, graded),
    "reordered": lambda b: b["cells"].reverse(),
    "outputs-stored": lambda b: find(b, "rnn_step").update(outputs=[PRINTED]),
    "attachments": lambda b: b["cells"][0].update(attachments={"x.png": {"image/png": "AAAA"}}),
    "extra-keys": lambda b: (b.update(extra=1), find(b, "rnn_step").update(extra=1)),
    "given-cell-deleted": lambda b: without(b, lambda c: grade_id(c) == "given"),
    "source-as-lines": lambda b: set_source(b, RIGHT["rnn_step"].splitlines(keepends=True)),
    "windows-line-ends": lambda b: set_source(b, RIGHT["rnn_step"].replace("\n", "\r\n")),
}  # fmt: skip
# What these earn is for the grader to say; it must be one of the points that the right answers are worth.
ANY: dict[str, Callable[[Notebook], object]] = {
    "tests-edited": edited_tests,
    "points-forged": forged_points,
    "scores-forged": forged_scores,
    "points-negative": lambda b: mark(b, "rnn_step-values", points=-5),
    "points-text": lambda b: mark(b, "rnn_step-values", points="many"),
    "points-not-a-number": lambda b: mark(b, "rnn_step-values", points=float("nan")),
    "ids-swapped": swap_ids,
    "answers-swapped": swap,
    "task-twice": twice,
    "test-marked-as-solution": lambda b: mark(b, "rnn_step-values", solution=True),
    "solution-marked-as-test": lambda b: mark(b, "rnn_step", grade=True, solution=False, points=10),
    "solution-locked": lambda b: mark(b, "rnn_step", locked=True),
    "schema-of-the-future": lambda b: mark(b, "rnn_step", schema_version=99),
    "schema-missing": lambda b: find(b, "rnn_step")["metadata"].update(nbgrader={"grade_id": "rnn_step"}),
    "marks-as-list": lambda b: find(b, "rnn_step")["metadata"].update(nbgrader=["rnn_step"]),
    "grade-id-as-list": lambda b: mark(b, "rnn_step", grade_id=["rnn_step"]),
    "solution-deleted": lambda b: without(b, lambda c: grade_id(c) == "rnn_step"),
    "solution-as-text": lambda b: find(b, "rnn_step").update(cell_type="markdown"),
    "cell-type-unknown": lambda b: find(b, "rnn_step").update(cell_type="poem"),
    "cell-type-missing": lambda b: find(b, "rnn_step").pop("cell_type"),
    "source-missing": lambda b: find(b, "rnn_step").pop("source"),
    "source-none": lambda b: set_source(b, None),
    "source-number": lambda b: set_source(b, 7),
    "source-object": lambda b: set_source(b, {"a": 1}),
    "source-list-of-lists": lambda b: set_source(b, [["def"], 1, None]),
    "source-of-five-mb": lambda b: set_source(b, "x = '" + "a" * 5_000_000 + "'\n" + RIGHT["rnn_step"]),
    "source-of-many-lines": lambda b: set_source(b, "x = 1\n" * 200_000 + RIGHT["rnn_step"]),
    "source-nested": lambda b: set_source(b, "x = " + "(" * 5000 + ")" * 5000),
    "source-chained": lambda b: set_source(b, "x = 1" + " + 1" * 100_000),
    "source-dotted": lambda b: set_source(b, "x = a" + ".b" * 100_000),
    "source-of-digits": lambda b: set_source(b, "x = " + "9" * 100_000),
    "source-surrogate": lambda b: set_source(b, "x = '\ud800'\n" + RIGHT["rnn_step"]),
    "source-encoding": lambda b: set_source(b, "# -*- coding: utf-7 -*-\n" + RIGHT["rnn_step"]),
    "cells-missing": lambda b: b.pop("cells"),
    "cells-object": lambda b: b.update(cells={"a": 1}),
    "cells-of-nothing": lambda b: b["cells"].insert(0, None),
    "cells-as-text": lambda b: b["cells"].insert(0, "print(1)"),
    "cells-100000": lambda b: b["cells"].extend(code("1", f"c{i}") for i in range(100_000)),
    "cell-metadata-none": lambda b: find(b, "rnn_step").update(metadata=None),
    "metadata-none": lambda b: b.update(metadata=None),
    "format-3": old_format,
    "format-missing": lambda b: (b.pop("nbformat"), b.pop("nbformat_minor")),
    "format-99": lambda b: b.update(nbformat=99),
    "format-text": lambda b: b.update(nbformat="four", nbformat_minor=[]),
    "another-assignment": other_ids,
}  # fmt: skip


def changed(change: Callable[[Notebook], object]) -> Callable[[Notebook], bytes]:
    def build(book: Notebook) -> bytes:
        book = right(book)
        change(book)
        return json.dumps(book).encode()

    return build


ATTACKS = (
    *(Attack(f"broken-{name}", "broken", changed(c), ALL, ("parse",), earns=10) for name, c in KEPT.items()),
    *(Attack(f"broken-{name}", "broken", changed(c), ALL, ("parse",)) for name, c in ANY.items()),
)
