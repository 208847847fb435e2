"""Mutants: the reference with one small change, made by the operators of cosmic-ray."""

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from classroom.author.cells import cells_of
from classroom.author.regions import SOLUTION, inner_lines, unmarked
from classroom.author.source import Assignment, Task


@dataclass(frozen=True)
class Mutant:
    """One changed reference; ``occurrence`` counts its operator's places in the cell, from 0."""

    task: str
    variant: str | None
    operator: str
    occurrence: int
    source: str
    diff: str

    def __str__(self) -> str:
        variant = f" ({self.variant})" if self.variant else ""
        return f"{self.task}{variant}: {self.operator} {self.occurrence}"


def mutants(assignment: Assignment, task: Task) -> list[Mutant]:
    """Return every mutant of a task's solution region, without those that are no Python or change nothing."""
    from cosmic_ray.ast import ast_nodes, get_ast

    lines, nodes = solution_lines(assignment, task), list(ast_nodes(get_ast(task.solution)))
    seen, found = {_meaning(task.solution)}, []
    for name, operator in _operators():
        for occurrence in _places(nodes, operator, lines):
            source = _mutated(task.solution, operator, occurrence)
            meaning = _meaning(source)
            if meaning is None or meaning in seen:
                continue
            seen.add(meaning)
            diff = difference(task.solution, source)
            found.append(Mutant(task.id, task.variant, name, occurrence, source, diff))
    return found


def solution_lines(assignment: Assignment, task: Task) -> set[int]:
    """Return the numbers, from 1, of the lines of ``task.solution`` that students do not get."""
    source = next(cell.source for cell in cells_of(assignment.notebook) if cell.id == task.id)
    hidden, found, place = inner_lines(source, SOLUTION), set(), 0
    for number, line in enumerate(source.split("\n"), start=1):
        if unmarked(line, SOLUTION) != line:
            continue  # a marker: not a line of the solution
        place += 1
        if number in hidden:
            found.add(place)
    return found


def difference(before: str, after: str) -> str:
    """Return the lines that differ, as ``- old`` and ``+ new``, without their indent."""
    lines = difflib.ndiff(before.split("\n"), after.split("\n"))
    return "\n".join(f"{line[0]} {line[2:].strip()}" for line in lines if line[0] in "-+")


@cache
def _operators() -> tuple[tuple[str, Any], ...]:
    from cosmic_ray.plugins import get_operator, operator_names

    # Operators with arguments (exchange of given variables) need an author's choice.
    kinds = {name: get_operator(name) for name in sorted(operator_names())}
    return tuple((name.removeprefix("core/"), kind()) for name, kind in kinds.items() if not kind.arguments())


def _places(nodes: list[Any], operator: Any, lines: set[int]) -> Iterator[int]:
    occurrence = 0
    for node in nodes:
        for (line, _), _ in operator.mutation_positions(node):
            if line in lines:
                yield occurrence
            occurrence += 1


def _mutated(source: str, operator: Any, occurrence: int) -> str:
    from cosmic_ray.mutating import mutate_code

    return mutate_code(source, operator, occurrence) or source


def _meaning(source: str) -> str | None:
    try:
        return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError):
        return None
