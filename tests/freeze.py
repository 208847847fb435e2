"""Draw the sample of Python functions that ships with the library: `.venv/bin/python -m tests.freeze FILE`.

Reads the standard library of the Python that runs it, so another version gives another sample; the hash of
the file in the library stands in its test. Functions of 10 to 120 nodes with a binary operator; one operator
each is chosen to be guessed. Kept are the class of each node and its depth, which determine the tree, and
nothing of the text: no names, no strings, no comments.
"""

import argparse
import ast
import gzip
import json
import platform
import random
import string
import sysconfig
from pathlib import Path

SIGNS = string.ascii_letters + string.digits + string.punctuation.replace('"', "").replace("\\", "")
OPERATORS = "Add Mod Sub Mult BitAnd BitOr FloorDiv".split()
LEFT_OUT = {"site-packages", "test", "tests", "idlelib", "lib2to3", "turtledemo"}
SMALLEST, LARGEST, SAMPLE = 10, 120, 2000


def name(node: ast.AST) -> str:
    """The class of a node; a constant says what kind of value it is."""
    kind = type(node).__name__
    return f"{kind}_{type(node.value).__name__}" if isinstance(node, ast.Constant) else kind


def is_docstring(statement: ast.stmt) -> bool:
    value = getattr(statement, "value", None)
    return isinstance(statement, ast.Expr) and isinstance(getattr(value, "value", None), str)


def flatten(node: ast.AST, depth: int = 0) -> list[tuple[str, int]]:
    """(class, depth) of all nodes in preorder, without docstrings and without Load, Store and Del."""
    if isinstance(node, ast.expr_context):
        return []
    children = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and is_docstring(node.body[0]):
        children.remove(node.body[0])
    return [(name(node), depth), *(pair for child in children for pair in flatten(child, depth + 1))]


def functions(source: str) -> list[list[tuple[str, int]]]:
    """All functions of a file that are small enough and hold an operator."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            flat = flatten(node)
            if SMALLEST <= len(flat) <= LARGEST and places(flat):
                found.append(flat)
    return found


def places(flat: list[tuple[str, int]]) -> list[int]:
    """Where the operators of binary operations stand: right after their left operand, below a BinOp."""
    above, found = [], []
    for place, (kind, depth) in enumerate(flat):
        above[depth:] = [kind]
        if kind in OPERATORS and depth and above[depth - 1] == "BinOp":
            found.append(place)
    return found


def freeze(folder: Path) -> dict:
    paths = sorted(p for p in folder.rglob("*.py") if not LEFT_OUT & set(p.relative_to(folder).parts))
    pool = []
    for path in paths:
        try:
            found = functions(path.read_text(encoding="utf-8"))
        except (SyntaxError, UnicodeDecodeError):
            continue
        pool += [(path.relative_to(folder).as_posix(), flat) for flat in found]
    draw = random.Random(0)
    chosen = draw.sample(pool, SAMPLE)
    types = sorted({kind for _, flat in chosen for kind, _ in flat})
    files = sorted({file for file, _ in chosen})
    rows = [
        [
            files.index(file),
            draw.choice(places(flat)),
            "".join(SIGNS[types.index(kind)] for kind, _ in flat),
            "".join(SIGNS[depth] for _, depth in flat),
        ]
        for file, flat in chosen
    ]
    about = f"Python {platform.python_version()}, standard library, PSF licence"
    return {"about": about, "signs": SIGNS, "types": types, "files": files, "functions": rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    data = freeze(Path(sysconfig.get_paths()["stdlib"]))
    text = json.dumps(data, separators=(",", ":"))
    parser.parse_args().file.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
