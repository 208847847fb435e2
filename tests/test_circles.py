"""No files of ``lib`` need each other to be loaded, directly or through others."""

import ast
from pathlib import Path

from tests.test_imports import FILES, LIB, in_functions

# Circles of files that are known and still to be mended; no other may come.
KNOWN_CIRCLES = [["classroom.author.source", "classroom.author.version"]]


def circles(texts: dict[str, str]) -> list[list[str]]:
    """Return the groups of modules that need each other to be loaded, given each module's source."""
    reach = {name: _needed(text) & set(texts) - {name} for name, text in texts.items()}
    grown = True
    while grown:
        further = {name: found.union(*(reach[other] for other in found)) for name, found in reach.items()}
        grown, reach = further != reach, further
    groups = {tuple(sorted(b for b in found if name in reach[b])) for name, found in reach.items()}
    return [list(group) for group in sorted(groups) if group]


def _needed(text: str) -> set[str]:
    """What a module imports when it is loaded: ``from a import b`` is a, and a.b if that is a module."""
    tree = ast.parse(text)
    later, found = in_functions(tree), set()
    for node in ast.walk(tree):
        if id(node) not in later and isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if id(node) not in later and isinstance(node, ast.ImportFrom):
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def module_name(path: Path) -> str:
    parts = path.relative_to(LIB).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_no_files_import_each_other_in_a_circle():
    texts = {module_name(path): path.read_text(encoding="utf-8") for path in FILES}
    assert [circle for circle in circles(texts) if circle not in KNOWN_CIRCLES] == []


def test_a_planted_circle_is_found():
    texts = {
        "seqgraph.a": "from seqgraph import b, d",
        "seqgraph.b": "import torch\nfrom seqgraph.c import C",
        "seqgraph.c": "if True:\n    import seqgraph.a",
        "seqgraph.d": "def f():\n    import seqgraph.a",
        "seqgraph.e": "from seqgraph.a import A",
    }
    assert circles(texts) == [["seqgraph.a", "seqgraph.b", "seqgraph.c"]]
    assert circles(texts | {"seqgraph.c": "def f():\n    import seqgraph.a"}) == []
