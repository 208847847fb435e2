"""equivalent-mutants.yml: mutants that no test can tell from the reference, each with the reason why."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from classroom.errors import ClassroomError
from classroom.mutate.mutants import Mutant

KEYS = {"task", "operator", "occurrence", "diff", "variant", "reason"}
REMEDY = "{task, operator, reason} and one of occurrence (a number) or diff (lines `- old` and `+ new`)"


@dataclass(frozen=True)
class Exemption:
    """One entry; ``variant`` None holds for every option of the task."""

    task: str
    operator: str
    occurrence: int | None
    diff: str | None
    variant: str | None
    reason: str

    def covers(self, mutant: Mutant) -> bool:
        """Whether the entry means this mutant."""
        same = self.task == mutant.task and self.operator == mutant.operator
        same = same and self.variant in (None, mutant.variant)
        if self.diff is not None:
            return same and _tidy(self.diff) == _tidy(mutant.diff)
        return same and self.occurrence == mutant.occurrence

    def __str__(self) -> str:
        which = (
            f"occurrence {self.occurrence}"
            if self.diff is None
            else " / ".join(" ".join(line.split()) for line in self.diff.split("\n"))
        )
        return f"{self.task}: {self.operator}: {which}"


def read_exemptions(path: Path, variants: dict[str, set[str | None]]) -> list[Exemption]:
    """Return the entries of a file; a file that is not there has none.

    Args:
        path: ``equivalent-mutants.yml``
        variants: each task's options, {None} for a task without

    Raises:
        ClassroomError: an entry is not understood; all such entries are listed
    """
    if not path.is_file():
        return []
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise ClassroomError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(content or [], list):
        raise ClassroomError(f"{path}: expected a list of entries, each with {REMEDY}")
    faults = [
        f"entry {number}: {fault}"
        for number, entry in enumerate(content or [], start=1)
        if (fault := _fault(entry, variants))
    ]
    if faults:
        raise ClassroomError("\n  ".join([f"{path}:", *faults]))
    return [Exemption(**(dict.fromkeys(KEYS) | entry)) for entry in content or []]


def stale(exemptions: Iterable[Exemption], survivors: Iterable[Mutant]) -> list[Exemption]:
    """Return the entries that mean no survivor: the mutant is gone, or a test kills it now."""
    survivors = list(survivors)
    return [entry for entry in exemptions if not any(entry.covers(mutant) for mutant in survivors)]


def _fault(entry: Any, variants: dict[str, set[str | None]]) -> str:
    if not isinstance(entry, dict) or not {"task", "operator", "reason"} <= entry.keys() <= KEYS:
        return f"expected {REMEDY}, got {entry!r}"
    task, variant = entry["task"], entry.get("variant")
    if task not in variants:
        return f"no such task: {task!r}"
    if variant is not None and variant not in variants[task]:
        return f"task {task} has no variant {variant!r}"
    if not isinstance(entry["reason"], str) or len(entry["reason"].split()) < 3:
        return "needs a reason: why does the mutant mean the same for every input that the text allows?"
    counted, shown = type(entry.get("occurrence")) is int, isinstance(entry.get("diff"), str)
    if counted == shown:
        return f"expected {REMEDY}"
    if counted and variant is None and variants[task] != {None}:
        return "an occurrence differs from variant to variant: give a diff, or name the variant"
    return ""


def _tidy(diff: str) -> list[str]:
    """Return the lines as they are compared: spaces do not count."""
    return [
        line.strip()[0] + " " + "".join(line.strip()[1:].split()) for line in diff.split("\n") if line.strip()
    ]
