"""What must not stand in a chapter, although a notebook may hold it."""

import re
from typing import Any

from classroom.colab import is_setup
from classroom.minutes import form_faults
from classroom.normal_form import dumps, joined

MAX_CELLS = 60
MAX_BYTES = 72_000
MAX_WIDTH = 88  # what a page shows without scrolling beside its two side bars
MAX_EXEMPT = 0.05
# nbval obeys a comment as well as a tag.
COMMENT = re.compile(
    r"^\s*#\s*(?:NBVAL_|PYTEST_VALIDATE_)(IGNORE_OUTPUT|SKIP)\b", re.MULTILINE | re.IGNORECASE
)


def faults(notebook: dict[str, Any]) -> list[str]:
    """Return what is wrong with a notebook in normal form, by cell; the set-up cell is not counted."""
    found: list[str] = []
    exempt: list[int] = []
    code_cells = 0
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell["cell_type"] != "code" or is_setup(cell):
            continue
        code_cells += 1
        found += [f"cell {number}: {fault}" for fault in _cell_faults(cell)]
        if "ignore-output" in _exemptions(cell):
            exempt.append(number)
    if len(exempt) > MAX_EXEMPT * code_cells:
        cells = ", ".join(map(str, exempt))
        found.append(
            f"notebook: {len(exempt)} of {code_cells} code cells are exempt from comparison "
            f"(at most {MAX_EXEMPT:.0%}): cells {cells}"
        )
    cells = [cell for cell in notebook["cells"] if not is_setup(cell)]
    size = len(dumps(notebook | {"cells": cells}).encode())
    if len(cells) > MAX_CELLS:
        found.append(f"notebook: {len(cells)} cells, at most {MAX_CELLS}")
    if size > MAX_BYTES:
        found.append(f"notebook: {size} bytes, at most {MAX_BYTES}")
    return found + form_faults(notebook)


def _exemptions(cell: dict[str, Any]) -> set[str]:
    tags = {str(tag).removeprefix("nbval-") for tag in cell["metadata"].get("tags", [])}
    comments = {match.lower().replace("_", "-") for match in COMMENT.findall(joined(cell["source"]))}
    return tags | comments


def _cell_faults(cell: dict[str, Any]) -> list[str]:
    found = []
    lines = joined(cell["source"]).splitlines()
    if not any(line.strip() for line in lines):
        return ["empty code cell: delete it"]
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_WIDTH:
            found.append(f"line {number} is {len(line)} characters long, at most {MAX_WIDTH} fit the page")
    if cell["execution_count"] is None:
        found.append("was never run")
    if {"skip", "skip-execution"} & _exemptions(cell):
        found.append("is skipped by the notebook check (tag or comment)")
    for output in cell["outputs"]:
        if output.get("name") == "stderr":
            found.append(f"wrote to stderr: {joined(output['text']).strip()[:80]!r}")
        if any(kind.startswith("image/svg") for kind in output.get("data", {})):
            found.append("stores an SVG picture, which differs at every run: show figures as png")
        if output["output_type"] == "error" and not _may_raise(cell):
            found.append(f"failed: {output['ename']}: {output['evalue'][:80]}")
    return found


def _may_raise(cell: dict[str, Any]) -> bool:
    return bool({"raises-exception", "nbval-raises-exception"} & set(cell["metadata"].get("tags", [])))
