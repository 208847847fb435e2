"""The minutes that a chapter promises, and the other bounds of its form: a short core, then "Further"."""

import re
from pathlib import Path
from typing import Any

from classroom.normal_form import dumps, joined
from classroom.notebooks import read, write
from classroom.reading import FURTHER, Reader, Reading, read_chapter

MOST_WORDS, MOST_CELLS, MOST_MINUTES = 2000, 25, 30
PROMISE = re.compile(r"\*\*Time\*\* core \d+ minutes, all \d+ minutes")
TAKE_AWAY = ":class: take-away"


def promise(reader: Reader) -> str:
    """The words in the front box that a chapter's text calls for."""
    return f"**Time** core {reader.core.minutes} minutes, all {reader.all.minutes} minutes"


def is_new_form(notebook: dict[str, Any]) -> bool:
    """Whether a chapter has a core and a part behind it; older ones have one part only."""
    return any(FURTHER in text.splitlines() for text in _prose(notebook))


def form_faults(notebook: dict[str, Any]) -> list[str]:
    """Return what a chapter of the new form promises wrongly, or has too much of."""
    if not is_new_form(notebook):
        return []
    reader = read_chapter(notebook)
    core = reader.core
    bounds = (
        (core.words, MOST_WORDS, "words"),
        (core.cells, MOST_CELLS, "cells"),
        (core.minutes, MOST_MINUTES, "minutes"),
    )
    found = [f"core: {number} {what}, at most {most}" for number, most, what in bounds if number > most]
    text = "\n".join(_prose(notebook))
    promised = PROMISE.findall(text)
    if promised != [promise(reader)]:
        found.append(
            f"front box: promises {promised}, should promise {promise(reader)!r}: run minutes --write"
        )
    if text.count(TAKE_AWAY) != 1 or text.index(TAKE_AWAY) > text.index(FURTHER):
        found.append('core: must end with one take-away box, before "Further"')
    return found


def _prose(notebook: dict[str, Any]) -> list[str]:
    return [joined(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]


def told(part: Reading) -> str:
    return f"{part.minutes} minutes ({part.words} words, {part.lines} lines, {part.cells} cells)"


def minutes_files(paths: list[Path], rewrite: bool) -> int:
    """Print what there is to read in each chapter, and put the minutes into front boxes if asked to."""
    for path in paths:
        notebook, _ = read(path)
        reader = read_chapter(notebook)
        core = f"core {told(reader.core)}, " if is_new_form(notebook) else ""
        print(f"{path}: {core}all {told(reader.all)}")
        if rewrite and is_new_form(notebook):
            for cell in notebook["cells"]:
                if cell["cell_type"] == "markdown":
                    text = PROMISE.sub(promise(reader), joined(cell["source"]))
                    cell["source"] = text.splitlines(keepends=True)
            write(path, dumps(notebook))
    return 0
