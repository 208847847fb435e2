"""Imports run one way only. The arrows are those of the design; this test reads every file of ``lib``."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

LIB = Path(__file__).resolve().parent.parent / "lib"
FILES = sorted(LIB.rglob("*.py"))

# part -> the parts of seqgraph that it may import, besides itself
ALLOWED = {
    "core": set(),
    "structures": {"core"},
    "text": {"core"},
    "data": {"core", "structures"},
    "distill": {"core"},
    "optim": {"core"},
    "diagnostics": {"core"},
    "train": {"core"},
    "show": {"core"},
    "recurrent": {"core", "structures"},
    "timeseries": {"core", "structures", "recurrent"},
    "computation": {"core", "structures", "recurrent"},
    "trees": {"core", "structures", "recurrent"},
    "graphs": {"core", "structures", "recurrent"},
    "attention": {"core"},
    "seq2seq": {"core", "structures", "recurrent", "attention"},
    "memory": {"core", "structures", "recurrent", "attention"},
    "bridges": {"core", "structures", "recurrent", "attention", "graphs", "trees"},
    "suggest": {"core", "text", "recurrent", "attention", "seq2seq"},
}
# Files of recurrent: what all cells stand on, and what takes any cell. All others are cells.
PROTOCOL = {"around", "bare_linear", "cell", "gate_bias", "lstm_scan", "torch_weights"}
TAKES_A_CELL = {"wrapper", "leaky", "naive_dropout", "skip", "state_dropout", "variational_dropout"}
TAKES_A_CELL |= {"runner", "bidirectional", "stack", "read_out", "every_output", "last_output", "mean_output"}
# part -> what it may import of classroom, besides itself. The sandbox holds wire, inside and checks only.
GRADER = {
    "wire": set(),
    "inside": {"wire", "checks"},
    "sandbox": {"wire", "limits", "errors"},
    # inside.cells says how a cell is read; it needs Python alone.
    "judge": {"wire", "inside", "sandbox", "author", "checks", "limits", "outcome"},
    "ledger": {"outcome", "errors"},
    "intake": {"errors", "limits"},
}
# What `import seqgraph` and its parts need. Everything else is imported inside the function that uses it.
LIGHT = {"torch", "numpy", "jaxtyping"}
STANDARD = set(sys.stdlib_module_names)
FABRIC = ("lightning", "lightning_fabric", "pytorch_lightning")
FABRIC_FILE = Path("seqgraph/train/runtime.py")


def imports(tree: ast.Module) -> list[tuple[str, bool, int]]:
    """Return (dotted name, whether at module level, line) of each import."""
    inside, found = in_functions(tree), []
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            # `from . import x` hides where it points: it must be written out.
            names = ["." * node.level + (node.module or "")]
            if node.module in ("seqgraph", "classroom"):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
        found += [(name, id(node) not in inside, node.lineno) for name in names]
    return found


def in_functions(tree: ast.Module) -> set[int]:
    functions = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    return {id(child) for node in ast.walk(tree) if isinstance(node, functions) for child in ast.walk(node)}


def wrong_arrows(path: Path, text: str) -> list[str]:
    """Return each import of a file (given relative to lib) that the design does not allow."""
    package, part = path.parts[0], path.parts[1] if len(path.parts) > 2 else ""
    wrong = []
    for name, at_top, line in imports(ast.parse(text)):
        first, _, rest = name.partition(".")
        second = rest.split(".")[0]
        reason = None
        if first == "":
            reason = "is relative: write it out"
        elif package == "seqgraph":
            reason = _wrong_in_seqgraph(path, part, name, at_top)
        elif first == "seqgraph":
            reason = "classroom must not import seqgraph"
        elif first == "classroom" and part in GRADER and second not in GRADER[part] | {part, ""}:
            reason = f"{part} may import {sorted(GRADER[part]) or 'no other part'} of classroom"
        if reason:
            wrong.append(f"{path}:{line}: import {name}: {reason}")
    return wrong


def _wrong_in_seqgraph(path: Path, part: str, name: str, at_top: bool) -> str | None:
    first, second, third = (*name.split("."), "", "")[:3]
    if first == "classroom":
        return "seqgraph must not import classroom"
    if first in FABRIC and path != FABRIC_FILE:
        return f"only {FABRIC_FILE} imports Lightning Fabric"
    if first == "seqgraph":
        if part == "":
            return "the package itself imports none of its parts"
        if second != part and second not in ALLOWED[part]:
            return f"{part} may import {sorted(ALLOWED[part]) or 'no other part'}"
        return _wrong_in_recurrent(path.stem, third) if part == second == "recurrent" else None
    if at_top and first not in LIGHT and first not in STANDARD:
        return "is heavy: import it inside the function that needs it"
    return None


def _wrong_in_recurrent(importer: str, imported: str) -> str | None:
    if importer == "__init__":
        return None
    if not imported:
        return "hides which file of its own part it means: write it out"
    if imported in TAKES_A_CELL and importer not in TAKES_A_CELL:
        return f"{importer} must not know what runs, wraps or reads a cell"
    if importer in PROTOCOL | TAKES_A_CELL and imported not in PROTOCOL | TAKES_A_CELL:
        return f"{importer} takes any cell and must know none"
    return None


@pytest.mark.parametrize("path", [file.relative_to(LIB) for file in FILES], ids=str)
def test_imports_run_one_way_only(path):
    assert wrong_arrows(path, (LIB / path).read_text(encoding="utf-8")) == []


def test_every_part_has_its_arrows_and_the_arrows_make_no_circle():
    parts = {path.parent.name for path in LIB.glob("seqgraph/*/__init__.py")}
    assert parts <= set(ALLOWED)
    done: set[str] = set()
    while ready := {part for part, allowed in ALLOWED.items() if part not in done and allowed <= done}:
        done |= ready
    assert done == set(ALLOWED)


def test_the_files_of_recurrent_are_there_and_the_others_are_cells():
    files = {path.stem for path in LIB.glob("seqgraph/recurrent/*.py")} - {"__init__"}
    assert files >= PROTOCOL | TAKES_A_CELL
    cells = [LIB / f"seqgraph/recurrent/{stem}.py" for stem in files - PROTOCOL - TAKES_A_CELL]
    assert all("gates = " in path.read_text(encoding="utf-8") for path in cells)


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("seqgraph/core/a.py", "import seqgraph.recurrent", "core may import no other part"),
        ("seqgraph/core/a.py", "from seqgraph import recurrent", "core may import no other part"),
        ("seqgraph/optim/a.py", "from seqgraph.recurrent.gru import GRUCell", "optim may import"),
        (
            "seqgraph/show/a.py",
            "def f():\n    from seqgraph.recurrent import GRUCell",
            "show may import ['core']",
        ),
        ("seqgraph/train/a.py", "from seqgraph.recurrent import GRUCell", "train may import ['core']"),
        (
            "seqgraph/recurrent/runner.py",
            "from seqgraph.recurrent.lstm import LSTMCell",
            "runner takes any cell and must know none",
        ),
        (
            "seqgraph/recurrent/leaky.py",
            "def f():\n    import seqgraph.recurrent.srn",
            "leaky takes any cell and must know none",
        ),
        (
            "seqgraph/recurrent/lstm_scan.py",
            "from seqgraph.recurrent.lstm import LSTMState",
            "lstm_scan takes any cell and must know none",
        ),
        ("seqgraph/recurrent/gru.py", "import seqgraph.recurrent.runner", "gru must not know what runs"),
        ("seqgraph/recurrent/cell.py", "import seqgraph.recurrent.skip", "cell must not know what runs"),
        ("seqgraph/recurrent/stack.py", "from seqgraph.recurrent import GRUCell", "hides which file"),
        ("seqgraph/core/a.py", "from ..recurrent import gru", "is relative"),
        ("seqgraph/core/a.py", "import classroom", "must not import classroom"),
        ("seqgraph/__init__.py", "from seqgraph.core import expect", "none of its parts"),
        (
            "seqgraph/train/steps.py",
            "def f():\n    import lightning_fabric",
            "only seqgraph/train/runtime.py",
        ),
        ("seqgraph/show/a.py", "import matplotlib.pyplot as plt", "is heavy"),
        ("seqgraph/show/a.py", "try:\n    import tqdm\nexcept ImportError:\n    pass", "is heavy"),
        ("classroom/a.py", "from seqgraph.core import expect", "classroom must not"),
        ("classroom/wire/a.py", "from classroom.limits import MIB", "wire may import no other part"),
        ("classroom/inside/a.py", "def f():\n    import classroom.judge.grading", "inside may import"),
        ("classroom/sandbox/a.py", "from classroom import author", "sandbox may import"),
    ],
)
def test_a_planted_arrow_is_found(path, text, reason):
    (wrong,) = wrong_arrows(Path(path), text)
    assert reason in wrong


def test_what_is_allowed_passes():
    text = (
        "import ast\nimport torch\nfrom seqgraph.core.expect import expect\ndef f():\n    import matplotlib"
    )
    assert wrong_arrows(Path("seqgraph/optim/a.py"), text) == []


def test_importing_the_library_loads_nothing_heavy():
    parts = [f"seqgraph.{path.parent.name}" for path in LIB.glob("seqgraph/*/__init__.py")]
    code = f"import sys, seqgraph, {', '.join(parts)}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    heavy = {
        "matplotlib",
        "ipywidgets",
        "sklearn",
        "statsmodels",
        "pooch",
        "lightning_fabric",
        "IPython",
    }
    assert heavy & set(loaded) == set()
