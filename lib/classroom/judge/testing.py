"""Run one test cell in the judge: the instructor's code, the student's names as proxies."""

import ast
import builtins
import math
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import CodeType
from typing import Any, NoReturn


class TestTimeout(BaseException):
    """The test cell itself took too long."""

    __test__ = False


class Names(dict[str, Any]):
    """The names of a test: what it is given, and for all else the student's, fetched when they are read.

    Args:
        given: the instructor's names
        find: called with a name; returns [] or [the student's value]
    """

    def __init__(self, given: dict[str, Any], find: Callable[[str], Any]) -> None:
        # A student's own `len` or `sum` is never the test's.
        super().__init__(vars(builtins) | given)
        self._find = find

    def __missing__(self, name: str) -> Any:
        found = [] if name == "__builtins__" else self._find(name)
        if type(found) is not list or len(found) != 1:
            raise KeyError(name)
        self[name] = found[0]
        return found[0]


@cache
def compiled(source: str, name: str) -> tuple[CodeType, CodeType | None]:
    """Return a cell's body and its last expression (the points, in nbgrader's way)."""
    tree = ast.parse(source, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    value = compile(ast.Expression(last.value), name, "eval") if last is not None else None
    return compile(tree, name, "exec"), value


@cache
def hidden_rest(source: str, hidden: frozenset[int]) -> str | None:
    """Return the hidden lines of a cell if they are all that follows its public ones, else None.

    Then the hidden part can go on where the public part has ended. Line numbers stay.
    """
    lines = source.split("\n")
    first, last = min(hidden), max(hidden)
    after = [line for line in lines[last:] if line.strip() and not line.lstrip().startswith("#")]
    if after or len(hidden) != last - first + 1:
        return None
    rest = "\n" * (first - 1) + "\n".join(lines[first - 1 : last])
    try:
        ast.parse(rest)
    except SyntaxError:
        return None
    return rest


def run(source: str, name: str, names: dict[str, Any], seconds: float) -> Any:
    """Run a test cell; return its last value. Whatever it raises is raised."""
    body, value = compiled(source, name)
    with _alarm(seconds):
        exec(body, names)
        return eval(value, names) if value is not None else None


def points(value: Any, maximum: float) -> float:
    """Return the points that a passed cell gives: all of them, or its last value if that is a number."""
    if type(value) not in (int, float):
        return maximum
    if not math.isfinite(value):
        return 0.0
    return min(max(float(value), 0.0), maximum)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise TestTimeout after some processor seconds of the judge's own code (main thread only)."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: Any) -> NoReturn:
        raise TestTimeout

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
