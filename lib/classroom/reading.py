"""How long a chapter takes to read: the words, lines and minutes of its core and of the whole.

What counts is what a reader of the page sees without unfolding anything. Words: prose in Markdown, tables and
headings, an inline formula as one word. Lines: code in view (in cells, shown from the library, beside an
equation) and displayed formulas; a line takes as long as ten words. What a cell prints is read, too, but
is no prose. Hints, solutions, the answers of a quiz and folded code (see ``folding``) do not count, and
neither does looking at a figure.
"""

import math
import re
from dataclasses import dataclass
from typing import Any

from classroom.colab import is_setup
from classroom.folding import kind_of
from classroom.normal_form import joined

WORDS_A_MINUTE = 130
WORDS_A_LINE = 10
FURTHER = "## Further"
FENCE = re.compile(r"(:{3,}|`{3,})(?:\{([\w:-]+)\})?(.*)")
OPTION = re.compile(r":[\w-]+:")
CITATION = re.compile(r"\{cite(?::\w+)?\}`[^`]*`")
ROLE = re.compile(r"\{[\w:]+\}`([^`<]*)(?:<[^`]*>)?`")
FORMULA = re.compile(r"\$[^$]+\$")
FOLDED = {"dropdown", "solution"}


@dataclass
class Reading:
    """What there is to read in a part of a chapter."""

    words: int = 0
    printed: int = 0
    lines: int = 0
    cells: int = 0

    @property
    def minutes(self) -> int:
        return math.ceil((self.words + self.printed + WORDS_A_LINE * self.lines) / WORDS_A_MINUTE)


class Reader:
    """Goes through a chapter from the top; ``core`` stops growing at the heading "Further"."""

    def __init__(self):
        self.core, self.all = Reading(), Reading()
        self.further = self.in_solution = self.in_formula = False
        self.fences: list[tuple[str, str]] = []

    def read(self, cell: dict[str, Any]) -> None:
        """Read one cell."""
        self.fences, self.in_formula = [], False
        self.core.cells += not (self.further or joined(cell["source"]).lstrip().startswith(FURTHER))
        if cell["cell_type"] == "code":
            self._code(cell)
        else:
            self._markdown(joined(cell["source"]))
        self.all.cells += 1

    def _count(self, what: str, number: int) -> None:
        for reading in (self.all,) if self.further else (self.all, self.core):
            setattr(reading, what, getattr(reading, what) + number)

    def _code(self, cell: dict[str, Any]) -> None:
        tags = set(cell["metadata"].get("tags", []))
        if self.in_solution or tags & {"hide-cell", "remove-cell"}:
            return
        source = joined(cell["source"])
        if kind_of(source, tags) is None:
            self._count("lines", sum(bool(line.strip()) for line in source.splitlines()))
        for output in cell.get("outputs", []):
            if output["output_type"] == "stream":
                self._count("printed", words(joined(output["text"])))
            elif "text/markdown" in output.get("data", {}):
                self._markdown(joined(output["data"]["text/markdown"]))

    def _markdown(self, text: str) -> None:
        for line in map(str.strip, text.splitlines()):
            if not self._fence(line) and line and not self._hidden(line):
                self._line(line)

    def _fence(self, line: str) -> bool:
        """Whether a line opens or closes a fence; keep account of which are open."""
        found = FENCE.match(line)
        if not found:
            return False
        mark, name, rest = found.groups()
        if name is None and self.fences and self.fences[-1][0] == mark and not rest.strip():
            self.fences.pop()
            return True
        if name in ("solution-start", "solution-end"):
            self.in_solution = name == "solution-start"
        self.fences.append((mark, name or "code"))
        if not self._hidden("") and name != "div":
            self._count("words", words(rest if name else ""))
        return True

    def _hidden(self, line: str) -> bool:
        kinds = {kind for _, kind in self.fences}
        answer = "quiz" in kinds and line.startswith(">")
        return self.in_solution or bool(kinds & FOLDED) or answer or bool(OPTION.match(line))

    def _line(self, line: str) -> None:
        marks = line.count("$$")
        if marks % 2:
            self.in_formula = not self.in_formula
        if marks == 2 or (not marks and (self.in_formula or (self.fences and self.fences[-1][1] == "code"))):
            self._count("lines", 1)
        elif not marks:
            self.further |= line == FURTHER
            self._count("words", words(line))


def words(text: str) -> int:
    """The words of a piece of Markdown; a formula is one."""
    text = FORMULA.sub(" x ", ROLE.sub(r"\1", CITATION.sub("", text.replace("[x]", ""))))
    return sum(any(map(str.isalnum, word)) for word in re.split(r"[\s|]+", text))


def read_chapter(notebook: dict[str, Any]) -> Reader:
    """Read a whole notebook; the set-up cell is not counted."""
    reader = Reader()
    for cell in notebook["cells"]:
        if not is_setup(cell):
            reader.read(cell)
    return reader
