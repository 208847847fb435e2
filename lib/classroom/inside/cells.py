"""Run one notebook cell in plain Python, the way a notebook would."""

import ast
import contextlib
import io
import linecache
from typing import Any


class Output(io.TextIOBase):
    """Text that stops growing at a limit."""

    def __init__(self, limit: int) -> None:
        self._parts: list[str] = []
        self._left = limit

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self._left > 0:
            kept = text[: self._left]
            self._parts.append(kept)
            self._left -= len(kept)
            if self._left <= 0:
                self._parts.append("\n... (more was printed)")
        return len(text)

    def text(self) -> str:
        return "".join(self._parts).encode("utf-8", "replace").decode("utf-8")


def run_cell(source: str, label: str, names: dict[str, Any], output: Output) -> BaseException | None:
    """Run a cell, write what it prints and its last value to ``output``; return the error it ended with.

    ``label`` is how a traceback names the cell.
    """
    filename = f"<cell {label}>"
    source = without_magics(source)
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    names.setdefault("display", lambda *things: print(*things, sep="\n"))
    names.setdefault("get_ipython", lambda: None)
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            tree = ast.parse(source, filename)
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, filename, "exec"), names)
            if last is not None:
                value = eval(compile(ast.Expression(last.value), filename, "eval"), names)
                if value is not None:
                    print(repr(value))
        except BaseException as error:
            return error
    return None


def without_magics(source: str) -> str:
    """Return the cell without IPython's magic lines, if it is no Python as it stands."""
    if source.lstrip().startswith("%%"):
        first, _, rest = source.lstrip().partition("\n")
        return rest if first.split()[0] in ("%%time", "%%timeit", "%%capture") else ""
    try:
        ast.parse(source)
        return source
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "\n".join(_plain(line) for line in source.split("\n"))


def _plain(line: str) -> str:
    body = line.lstrip()
    if body.startswith(("%", "!")):
        return line[: len(line) - len(body)] + "pass"
    return "" if body.startswith("?") or body.endswith("?") else line
