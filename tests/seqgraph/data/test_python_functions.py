"""The frozen functions: the file is the one that was drawn, and it reads as the trees that it holds."""

import ast
import collections
import gzip
import hashlib
import json
import platform
import sysconfig
from importlib.resources import files
from pathlib import Path

import pytest

from seqgraph.data import PythonFunction, python_functions
from seqgraph.structures import Forest
from tests import freeze

SHA256 = "c752bc1d1a5d7123d5157987bea44d8c797d52b1f77b6c90de9ed30e538b164e"
STORED = files("seqgraph.data").joinpath("python_functions.json.gz")
SOURCE = '''
def spread(values, width):
    """Not kept."""
    total = sum(v * v for v in values)
    return "%d of %d" % (total - 1, width)
'''


def test_the_file_has_not_changed():
    assert hashlib.sha256(STORED.read_bytes()).hexdigest() == SHA256


def test_it_names_its_version_and_licence():
    about = json.loads(gzip.decompress(STORED.read_bytes()))["about"]
    assert about == "Python 3.11.7, standard library, PSF licence"


def test_the_trees_are_trees_with_one_hole_below_a_binary_operation():
    functions, types, operators, paths = python_functions()
    assert len(functions) == 2000
    assert (len(types), types[-1], len(set(types))) == (91, "?", 91)
    assert operators == freeze.OPERATORS
    forest = Forest.from_parents([function.parents for function in functions])
    assert forest.num_nodes == 107_791
    for function in functions:
        assert 10 <= len(function.types) == len(function.parents) <= 120
        assert [types[kind] for kind in function.types].count("?") == 1
        assert types[function.types[function.hole]] == "?"
        binary = function.parents[function.hole]
        assert types[function.types[binary]] == "BinOp"
        below = [v for v, p in enumerate(function.parents) if p == binary]
        assert below[1] == function.hole
        assert len(below) == 3
        assert 0 <= function.file < len(paths)
    counts = collections.Counter(operators[function.operator] for function in functions)
    assert counts.most_common(3) == [("Add", 794), ("Mod", 763), ("Sub", 177)]


def test_a_small_function_is_flattened_as_told():
    (flat,) = freeze.functions(SOURCE)
    assert flat[0] == ("FunctionDef", 0)
    kinds = [kind for kind, _ in flat]
    assert kinds.count("Constant_str") == 1  # the docstring is gone, the format stays
    assert not {"Load", "Store"} & set(kinds)
    assert [kinds[place] for place in freeze.places(flat)] == ["Mult", "Mod", "Sub"]
    assert not freeze.functions("def f(x):\n    return x")


def test_depths_give_back_the_tree():
    (flat,) = freeze.functions(SOURCE)
    kept = [node for node in ast.walk(ast.parse(SOURCE).body[0]) if not isinstance(node, ast.expr_context)]
    assert len(flat) == len(kept) - 2  # the docstring is an Expr with a Constant


@pytest.mark.slow
@pytest.mark.skipif(
    platform.python_version() != "3.11.7", reason="another version of Python draws another sample"
)
def test_the_script_draws_it_again():
    drawn = freeze.freeze(Path(sysconfig.get_paths()["stdlib"]))
    assert drawn == json.loads(gzip.decompress(STORED.read_bytes()))


def test_the_window_by_hand():
    """f = x ? (y.z): Assign(Name, BinOp(Name, ?, Attribute(Name)))."""
    names = ["Assign", "Name", "BinOp", "Attribute", "?"]
    types = [names.index(name) for name in ("Assign", "Name", "BinOp", "Name", "?", "Attribute", "Name")]
    function = PythonFunction(types, [-1, 0, 0, 2, 2, 2, 5], 4, 0, 0)
    assert [[names[k] for k in kinds] for kinds in function.window()] == [
        ["Name"], ["Attribute"], [], ["Name"], ["Assign"]
    ]  # fmt: skip
    alone = PythonFunction([2, 1, 4, 1], [-1, 0, 0, 0], 2, 0, 0)
    assert alone.window() == [[1], [1], [], [], []]
