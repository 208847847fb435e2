"""What tests of the library ask to the last bit goes through ``same_bits``, which says where it may be asked.

Two routes to one number round differently on another processor: a test that compares them needs a tolerance.
"""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
FILES = sorted(file for folder in ("seqgraph", "checks") for file in (TESTS / folder).rglob("*.py"))
EQUAL = {"equal", "array_equal", "array_equiv", "assert_array_equal", "assert_equal"}
TOLERANCES = {"atol", "rtol", "abs", "rel"}
SMALLEST = 1e-14  # float64 keeps 16 digits: a tolerance below this is none


def name_of(node: ast.AST) -> str:
    """The last part of a dotted name, or of the name of a called function."""
    node = node.func if isinstance(node, ast.Call) else node
    return getattr(node, "id", getattr(node, "attr", ""))


def number(node: ast.AST) -> float | None:
    """The value of a number written out."""
    value = getattr(node.operand if isinstance(node, ast.UnaryOp) else node, "value", None)
    return value if type(value) in (int, float) else None


def is_fixed(node: ast.AST) -> bool:
    """A literal, an infinity or a CONSTANT: what stands behind a mask is compared with such."""
    node = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(node, ast.Constant) or name_of(node) == "inf" or name_of(node).isupper()


def inner(node: ast.AST) -> list[ast.AST]:
    """What a value is taken from: x of ``x.abs()[0].T`` and of ``float(x)``, a and b of ``max(a, b)``."""
    if isinstance(node, ast.Call):
        return [*([node.func.value] if isinstance(node.func, ast.Attribute) else []), *node.args]
    return [node.value] if isinstance(node, ast.Attribute | ast.Subscript | ast.NamedExpr) else []


def is_difference(node: ast.AST, names: set[str]) -> bool:
    """Something minus something, a gap, a name that holds one, or a number taken from one of them."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        return number(node.left) is None and number(node.right) is None
    found = name_of(node) in names or (isinstance(node, ast.Call) and "gap" in name_of(node))
    return found or any(is_difference(part, names) for part in inner(node))


def is_equality(node: ast.AST) -> bool:
    """``a == b`` number by number, or something taken from it; neither side is fixed."""
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        return isinstance(node.ops[0], ast.Eq | ast.NotEq) and not any(map(is_fixed, sides))
    if isinstance(node, ast.Call) and name_of(node) in ("eq", "ne"):
        return not any(map(is_fixed, node.args))
    return any(map(is_equality, inner(node)))


def is_read_out(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and name_of(node) in ("item", "tolist")


def is_rounded(node: ast.AST) -> bool:
    """Numbers written out of which one is no short binary fraction, like 0.1."""
    values = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
    return not isinstance(node, ast.Call) and any(type(v) is float and v * 1024 % 1 for v in values)


def wrong_comparison(node: ast.Compare, names: set[str]) -> str | None:
    sides, op = [node.left, *node.comparators], node.ops[0]
    if isinstance(op, ast.Gt | ast.GtE):
        sides, op = sides[::-1], ast.Lt()
    bounds = [number(side) for side in sides if number(side) is not None]
    upper = isinstance(op, ast.Eq) or (isinstance(op, ast.Lt | ast.LtE) and is_difference(sides[0], names))
    if upper and any(is_difference(side, names) for side in sides) and bounds and bounds[0] < SMALLEST:
        return "a difference must be exactly 0"
    if isinstance(op, ast.Eq):
        if any(map(is_equality, inner(sides[0]))):
            return "counts equal numbers"
        read = list(map(is_read_out, sides))
        if all(read) or (any(read) and any(map(is_rounded, sides))):
            return "computed numbers compared by =="
    return None


def wrong(node: ast.AST, names: set[str]) -> str | None:
    """How a node asks bit equality without ``same_bits``; ``names`` hold differences."""
    if (
        isinstance(node, ast.alias | ast.Attribute)
        and (found := getattr(node, "attr", "") or node.name) in EQUAL
    ):
        return found
    if isinstance(node, ast.Compare):
        return wrong_comparison(node, names)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) and is_difference(node.operand, names):
        return "not of a difference"
    if isinstance(node, ast.Call):
        if name_of(node) in ("all", "any") and any(map(is_equality, inner(node))):
            return f"{name_of(node)} of =="
        tolerances = [number(word.value) for word in node.keywords if word.arg in TOLERANCES]
        if tolerances and not any(value is None or value >= SMALLEST for value in tolerances):
            return "a tolerance of 0"
    return None


def faults(path: str, text: str) -> list[str]:
    allowed, names, nodes = set(), set(), list(ast.walk(ast.parse(text)))
    for node in nodes:
        if path == "checks/numbers.py" and getattr(node, "name", "") == "same_bits":
            allowed |= set(ast.walk(node))
        if isinstance(node, ast.Assign | ast.NamedExpr) and is_difference(node.value, set()):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    found = [(node, wrong(node, names)) for node in nodes if node not in allowed]
    return [f"{path}:{node.lineno}: {reason}: same_bits or a tolerance" for node, reason in found if reason]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(TESTS).as_posix())
def test_bit_equality_is_asked_by_same_bits_only(file):
    assert faults(file.relative_to(TESTS).as_posix(), file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "assert gap(a, b) == 0",
        "assert 0.0 == gap(a, b)",
        "assert gap(a, b) <= 0",
        "assert 0 >= numbers.gap(a, b)",
        "assert gap(a, b) < 1e-300",
        "assert not gap(a, b)",
        "assert largest_gap(cell, step, parts=1) == 0",
        "assert max(gap(a, b), gap(c, d)) == 0",
        "distance = gap(a, b)\nassert distance == 0",
        "assert (distance := gap(a, b)) == 0.0",
        "assert (a - b).abs().max() == 0",
        "assert float((a - b).norm()) == 0",
        "assert torch.count_nonzero(a - b) == 0",
        "assert not (a - b).any()",
        "assert torch.equal(a, b)",
        "assert a.equal(b)",
        "assert all(map(torch.equal, first, second))",
        "from torch import equal as close",
        "assert np.array_equal(a, b)",
        "np.testing.assert_array_equal(a, b)",
        "assert (a == b).all()",
        "assert bool(torch.all(a == b))",
        "assert not (a != b).any()",
        "assert a.eq(b).all()",
        "assert (a == b).sum() == a.numel()",
        "assert (a == b).double().mean() == 1",
        "torch.testing.assert_close(a, b, rtol=0, atol=0)",
        "assert torch.allclose(a, b, rtol=0.0, atol=0.0)",
        "assert a == pytest.approx(b, abs=0)",
        "assert a.tolist() == b.tolist()",
        "assert loss.item() == other.item()",
        "assert mu.item() == 0.9",
        "assert h.tolist() == [0.5, 0.8035538]",
    ],
)
def test_a_planted_fault_is_found(line):
    (fault,) = faults("seqgraph/a.py", line)
    assert fault.startswith(f"seqgraph/a.py:{1 + line.count(chr(10))}: ")


def test_what_may_be_asked_passes():
    lines = """
        assert same_bits(a, b)
        assert not same_bits(a, b)
        assert gap(a, b) <= TIGHT
        assert gap(a, b) > 1e-3
        assert 0 < gap(a, b) < 1e-9
        assert (a - b).abs().max() < 1e-6
        assert torch.count_nonzero(outputs[b, length:]) == 0
        assert bool((weights[1] == 0).all())
        assert (scores == -math.inf).all()
        assert bool((labels == PAD).all())
        assert tokens.tolist() == [[3, 3]]
        assert ahead.tolist() == [1.5, 2.5, -0.25]
        assert (scores.argmax(-1) == y).float().mean() > 0.9
        assert loss.item() == pytest.approx(0.3, abs=1e-9)
        assert len(x) - 1 == 0
    """
    assert faults("seqgraph/a.py", "\n".join(map(str.strip, lines.splitlines()))) == []


def test_only_same_bits_of_the_numbers_is_exempt():
    text = "def same_bits(a, b):\n    return torch.equal(a, b)"
    assert faults("checks/numbers.py", text) == []
    assert len(faults("seqgraph/a.py", text)) == 1
