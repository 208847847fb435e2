"""A notebook as a student with given answers would hand it in."""

import json

from classroom.author.cells import cells_of
from classroom.author.source import Assignment


def notebook_of(assignment: Assignment, cells: dict[str, str]) -> bytes:
    """Return the code without test cells, with some tasks' cells; the others get the reference."""
    texts = {task.id: task.solution for task in assignment.tasks} | cells
    kept = []
    for cell, about in zip(assignment.notebook["cells"], cells_of(assignment.notebook), strict=True):
        if about.kind == "solution":
            kept.append(cell | {"source": texts[about.id]})
        elif about.kind == "given":
            kept.append(cell)
    return json.dumps({"cells": kept, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
