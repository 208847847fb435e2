"""What was found out about an assignment's tests, as numbers, a table and a list of faults."""

from dataclasses import dataclass, field

from classroom.mutate.editions import Edition
from classroom.mutate.exemptions import Exemption, stale
from classroom.mutate.mutants import Mutant
from classroom.mutate.trials import Marks, Trial
from classroom.mutate.verdict import faults

KILLED = 0.95
HEADINGS = ("task", "mutants", "killed", "by time", "equal", "spoiled", "right", "wrong", "seconds")


@dataclass
class Row:
    """One task's numbers, over all its variants."""

    mutants: int = 0
    killed: int = 0
    by_time: int = 0
    equal: int = 0
    spoiled: int = 0
    right: int = 0
    wrong: int = 0
    seconds: float = 0.0


@dataclass
class Report:
    """The results of all trials; ``faults`` is empty if the tests are good."""

    editions: list[Edition]
    exemptions: list[Exemption]
    faults: list[str] = field(default_factory=list)
    survivors: list[Mutant] = field(default_factory=list)
    skipped: list[tuple[str, str, str]] = field(default_factory=list)
    draws: int = 0

    def __post_init__(self) -> None:
        self.rows = {task.id: Row() for task in self.editions[0].assignment.tasks}

    def add(self, trial: Trial, marks: Marks) -> None:
        """Take in what came of one trial."""
        self.draws += len(marks.draws) if len(marks.draws) > 1 else 0
        for task in trial.losing if trial.kind == "wrong" else trial.tasks:
            self._count(self.rows[task], trial, marks, task)
        wrong = faults(trial, marks, self.editions[trial.edition].assignment)
        if trial.kind != "mutant":
            self.faults += wrong
        elif wrong:
            self.survivors.append(trial.about)

    def _count(self, row: Row, trial: Trial, marks: Marks, task: str) -> None:
        row.seconds += marks.seconds / len(trial.tasks)
        most = self.editions[trial.edition].task(task).max_points
        lost = marks.draws[0][task][0] < most
        row.mutants += trial.kind == "mutant"
        row.killed += trial.kind == "mutant" and lost
        row.by_time += trial.kind == "mutant" and "time limit" in marks.draws[0][task][1]
        row.spoiled += trial.kind in ("standing", "other variant") and lost
        row.right += trial.kind == "right" and task in trial.cells
        row.wrong += trial.kind == "wrong" and lost

    def finish(self) -> None:
        """Judge the mutants as a whole, once all trials are in."""
        self.survivors.sort(key=str)
        for mutant in self.survivors:
            if any(entry.covers(mutant) for entry in self.exemptions):
                self.rows[mutant.task].equal += 1
            else:
                self.faults.append(f"mutant {mutant} loses no point:\n{_indented(mutant.diff)}")
        self.faults += [
            f"equivalent-mutants.yml: no surviving mutant is meant by {entry}"
            for entry in stale(self.exemptions, self.survivors)
        ]
        total = sum(row.mutants for row in self.rows.values())
        if sum(row.killed for row in self.rows.values()) < KILLED * total:
            self.faults.append(
                f"{self.share}, at least {KILLED:.0%} are needed before equivalent ones are left out"
            )

    @property
    def share(self) -> str:
        """How many mutants were killed, in words."""
        killed = sum(row.killed for row in self.rows.values())
        total = sum(row.mutants for row in self.rows.values())
        return f"{killed} of {total} mutants killed ({killed / max(total, 1):.1%})"

    def table(self) -> str:
        """Return the numbers task by task."""
        lines = [HEADINGS]
        for task, row in self.rows.items():
            numbers = (row.mutants, row.killed, row.by_time, row.equal, row.spoiled, row.right, row.wrong)
            lines.append((task, *map(str, numbers), f"{row.seconds:.1f}"))
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(
            "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]) for line in lines
        )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
