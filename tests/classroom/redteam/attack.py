"""What a submission of the red team is, and the pieces that all families build theirs from."""

import copy
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Notebook = dict[str, Any]
Build = Callable[[Notebook], bytes]

HERE = Path(__file__).parent
EXERCISES = HERE / "assignment"
TASKS = ("rnn_step", "gcn_layer", "distill_loss")

# Only hidden tests hold these. Feedback must never show one of them.
HIDDEN_MARKER = "REDTEAM-HIDDEN-5e0c"
HIDDEN_VALUES = ("7.0625", "7_0625", "1234.5", "1234_5", (7.0625).hex(), (1234.5).hex())
# An attack that got what it wanted says so; written so that the attack's own source doesn't hold it.
HARM = "HARM: "
SAY_HARM = """
def harm(what):
    print("HA" "RM: " + str(what)[:300], flush=True)
"""

WRONG = {
    "rnn_step": "def rnn_step(x, h, W, U, b):\n    return torch.zeros_like(h)",
    "gcn_layer": "def gcn_layer(A, X, W):\n    return torch.zeros(A.shape[0], W.shape[1])",
    # A loss is never negative; one near 0 happens to be right.
    "distill_loss": "def distill_loss(student, teacher, temperature):\n    return torch.tensor(-1.0)",
}


def answers(file: str) -> dict[str, str]:
    """Return the task bodies of a file under ``answers/``."""
    text = (EXERCISES / "redteam" / "answers" / file).read_text(encoding="utf-8")
    parts = re.split(r"^# task: (\w+)\n", text, flags=re.MULTILINE)[1:]
    return {task: body.strip("\n") for task, body in zip(parts[::2], parts[1::2], strict=True)}


def cells(file: str) -> dict[str, str]:
    """Return the cells of ``cells/<file>.txt`` by name, each with the file's "before each" in front."""
    text = (HERE / "cells" / f"{file}.txt").read_text(encoding="utf-8")
    parts = re.split(r"^#### (.+)\n", text, flags=re.MULTILINE)[1:]
    found = {name: body.strip("\n") for name, body in zip(parts[::2], parts[1::2], strict=True)}
    before = found.pop("before each", "")
    return {name: f"{before}\n{body}" if before else body for name, body in found.items()}


RIGHT = answers("right-1.py")


@dataclass(frozen=True)
class Attack:
    """One submission. ``build`` makes its bytes from the released notebook.

    Args:
        name: its name, unique
        family: the kind of attack, "honest" or "broken"
        build: from the released notebook (with ``metadata.redteam``, see ``places``) to the submitted bytes
        may_keep: tasks, or single tests, whose points are honestly earned
        channels: what it tries: "grade", "network", "file", "process", "memory", "wire", "leak"
        earns: the points that it must get; None where anything within ``may_keep`` is right
    """

    name: str
    family: str
    build: Build
    may_keep: frozenset[str] = frozenset()
    channels: tuple[str, ...] = ("grade",)
    earns: float | None = None


def released(source: Notebook, tools: str) -> Notebook:
    """Return the notebook as students get it: no solutions, no hidden tests, the tools written out."""
    book = copy.deepcopy(source)
    for cell in book["cells"]:
        text = "".join(cell["source"])
        text = re.sub(r"### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS\n?", "", text, flags=re.DOTALL)
        stub = r"\1# YOUR CODE HERE\n\1raise NotImplementedError"
        text = re.sub(r"( *)### BEGIN SOLUTION\n.*?### END SOLUTION", stub, text, flags=re.DOTALL)
        cell["source"] = tools if grade_id(cell) == "tools" else text.strip("\n")
    return book


def source_notebook() -> Notebook:
    return json.loads((EXERCISES / "redteam" / "redteam.ipynb").read_text(encoding="utf-8"))


def grade_id(cell: dict[str, Any]) -> str | None:
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


def find(book: Notebook, name: str) -> dict[str, Any]:
    return next(cell for cell in book["cells"] if grade_id(cell) == name)


def places(book: Notebook) -> dict[str, str]:
    """Return what the attacker is told: where the test listens, and which file belongs to someone else."""
    told = {"port": "9", "socket": "redteam", "elsewhere": "/elsewhere"}
    return {**told, **book["metadata"].get("redteam", {})}


def code(source: str, name: str) -> dict[str, Any]:
    cell = {"cell_type": "code", "id": name, "source": source}
    return {**cell, "metadata": {}, "outputs": [], "execution_count": None}


def filled(book: Notebook, bodies: dict[str, str], first: str = "", last: str = "") -> Notebook:
    """Return a submission: the tasks' bodies, and cells of the student's own before and after them."""
    book = copy.deepcopy(book)
    told = places(book)
    book["metadata"].pop("redteam", None)

    def written(source: str) -> str:
        for word, value in told.items():
            source = source.replace(f"@{word.upper()}@", value)
        return source.strip("\n")

    for task, body in bodies.items():
        find(book, task)["source"] = written(body)
    if first:
        book["cells"].insert(3, code(written(first), "first"))
    if last:
        book["cells"].append(code(written(last), "last"))
    return book


def encoded(book: Notebook) -> bytes:
    return json.dumps(book, ensure_ascii=False, indent=1).encode()


def submission(bodies: dict[str, str] | None = None, first: str = "", last: str = "") -> Build:
    """Return a build function; tasks that ``bodies`` leaves out are answered wrong."""
    return lambda book: encoded(filled(book, {**WRONG, **(bodies or {})}, first, last))


def hostile(
    family: str, channels: tuple[str, ...], cells: dict[str, str], instead: bool = False
) -> tuple[Attack, ...]:
    """Return one attack for each cell, run before wrong answers or instead of them: it must earn nothing."""

    def build(text: str) -> Build:
        if instead:
            return submission({"rnn_step": SAY_HARM + text, "gcn_layer": "pass", "distill_loss": "pass"})
        answered = {task: "pass" for task in TASKS if re.search(f"^def {task}", text, flags=re.MULTILINE)}
        return submission(answered, first=SAY_HARM + text)

    return tuple(
        Attack(name, family, build(text), channels=channels, earns=0) for name, text in cells.items()
    )
