"""Code that a page shows fits its box, 88 characters: fences of the text, and functions of the library.

What stands in code cells is checked with the notebook's normal form.
"""

import ast
import importlib
import json
import re
from pathlib import Path

import pytest

from classroom.faults import MAX_WIDTH
from seqgraph.show.source import _code

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = sorted((ROOT / "chapters").rglob("*.ipynb"))
FENCE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def cells(path: Path, kind: str) -> list[str]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == kind]


def too_long(code: str) -> list[str]:
    return [line for line in code.splitlines() if len(line) > MAX_WIDTH]


def shown_objects(codes: list[str]) -> dict[str, object]:
    """Return what the calls of ``show.source`` in some cells show, by the text of each argument."""
    names, shown = {}, []
    for node in (node for code in codes for node in ast.walk(ast.parse(code))):
        if isinstance(node, ast.ImportFrom) and node.module.startswith("seqgraph"):
            module = importlib.import_module(node.module)
            names |= {one.asname or one.name: getattr(module, one.name, None) for one in node.names}
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "show.source":
            shown += map(ast.unparse, node.args)
    return {text: eval(text, names) for text in shown}


@pytest.mark.parametrize("path", CHAPTERS, ids=[path.stem for path in CHAPTERS])
def test_code_in_the_text_fits(path):
    fences = [code for text in cells(path, "markdown") for code in FENCE.findall(text)]
    assert [line for code in fences for line in too_long(code)] == []


@pytest.mark.parametrize("path", CHAPTERS, ids=[path.stem for path in CHAPTERS])
def test_functions_shown_from_the_library_fit(path):
    found = shown_objects([code for code in cells(path, "code") if not re.search(r"^\s*[%!]", code, re.M)])
    wide = {text: lines for text, shown in found.items() if (lines := too_long(_code(shown)))}
    assert wide == {}


def test_chapters_do_show_functions_and_a_long_line_is_seen():
    found = shown_objects([code for path in CHAPTERS for code in cells(path, "code")])
    assert len(found) > 20
    assert too_long("x" * MAX_WIDTH + "\n" + "x" * (MAX_WIDTH + 1)) == ["x" * (MAX_WIDTH + 1)]
