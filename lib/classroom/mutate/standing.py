"""The standing list: ways to spoil any right answer. Each must lose points in each task."""

import ast
from dataclasses import dataclass, field, replace
from textwrap import indent

from classroom.author.source import Assignment, Task, TestCell
from classroom.mutate import spoiling

TENSOR = "isinstance(v, _torch.Tensor)"
FLOAT64 = f"{TENSOR} and v.dtype == _torch.float64"
PROBE = """\
from classroom.mutate import standing
standing.keep("public", recorded_calls())
### BEGIN HIDDEN TESTS
standing.keep("all", recorded_calls())
### END HIDDEN TESTS
"""


@dataclass(frozen=True)
class Spoiling:
    """One way; ``needs`` is the trait of the task's calls without which it would change nothing."""

    name: str
    change: str
    needs: str = ""
    without: str = ""


SPOILINGS = (
    Spoiling("returns None", "return None", "numbers", "no result is a number, a tensor or a text"),
    Spoiling(
        "returns zeros",
        "return _mapped(function(*arguments, **named), _zero)",
        "numbers",
        "no result is a number, a tensor or a text",
    ),
    Spoiling(
        "returns NaN",
        spoiling.FLOAT_CHANGE.format("v * float('nan')"),
        "floats",
        "no result is floating point",
    ),
    Spoiling("returns its first argument", "return arguments[0]", "argument", "it has no argument"),
    Spoiling(
        "adds an axis",
        spoiling.TENSOR_CHANGE.format("v.unsqueeze(0)", TENSOR),
        "tensors",
        "no result is a tensor",
    ),
    Spoiling(
        "returns float32",
        spoiling.TENSOR_CHANGE.format("v.float()", FLOAT64),
        "float64",
        "no result is a float64 tensor",
    ),
    Spoiling("changes an argument", spoiling.IN_PLACE, "tensor_argument", "no argument is a tensor"),
    Spoiling("adds 1e-3", spoiling.FLOAT_CHANGE.format("v + 1e-3"), "floats", "no result is floating point"),
    Spoiling("raises", "raise ValueError('spoiled')"),
)


@dataclass
class Recording:
    """What a task's calls were like: keys of the public calls' arguments, and traits of all calls."""

    keys: list[str] = field(default_factory=list)
    traits: dict[str, bool] = field(default_factory=dict)


_kept: dict[str, tuple[list[str], dict[str, bool]]] = {}


def keep(what: str, calls: tuple[list[str], dict[str, bool]]) -> None:
    """Take what the probe found; the first time counts."""
    _kept.setdefault(what, calls)


def recording() -> Recording:
    """Return what the last probe kept, and forget it."""
    public, every = _kept.pop("public", ([], {})), _kept.pop("all", ([], {}))
    return Recording(list(public[0]), dict(every[1] or public[1]))


def probed(assignment: Assignment, task: Task) -> Assignment:
    """Return the assignment with this task alone, and a last test that hands over what was recorded."""
    probe = TestCell(f"{task.id}-probe", task.id, PROBE, 1.0)
    return replace(assignment, tasks=(replace(task, banned=(), tests=(*task.tests, probe)),))


def recorder(task: Task) -> str:
    """Return the reference, recording its calls."""
    return spoiled(task, spoiling.RECORD) + spoiling.RECORDED


def spoilings(task: Task, recorded: Recording) -> tuple[dict[str, str], dict[str, str]]:
    """Return the spoiled references by name, and why others would be no mistake here."""
    used = [way for way in SPOILINGS if not way.needs or recorded.traits.get(way.needs)]
    skipped = {way.name: way.without for way in SPOILINGS if way not in used}
    found = {way.name: spoiled(task, way.change) for way in used}
    if recorded.traits.get("numbers"):
        change = spoiling.PUBLIC_ONLY.format(keys=frozenset(recorded.keys))
        found["is right for public inputs only"] = spoiled(task, change)
    return found, skipped


def spoiled(task: Task, change: str) -> str:
    """Return the reference with every function that its tests call wrapped in a change."""
    body = indent(change.strip(), "    ").strip()
    return task.solution + spoiling.SPOIL.replace("{change}", body) + "\n".join(_wrappings(task))


def wrapped_names(task: Task) -> list[str]:
    """Return the functions, and classes with a ``forward``, of the task's cell that its tests read."""
    return [line.split(" = ")[0] for line in _wrappings(task)]


def _wrappings(task: Task) -> list[str]:
    read = {
        node.id
        for test in task.tests
        for node in ast.walk(ast.parse(test.source))
        if isinstance(node, ast.Name)
    }
    found = []
    for node in ast.parse(task.solution).body:
        if isinstance(node, ast.FunctionDef) and node.name in read:
            found.append(f"{node.name} = _wrapped({node.name})")
        if isinstance(node, ast.ClassDef) and node.name in read:
            methods = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
            found += [
                f"{node.name}.{name} = _wrapped_method({node.name}.{name})" for name in methods & {"forward"}
            ]
    return found
