"""Real program syntax: functions of Python's own library as trees, one operator of each to be guessed."""

import gzip
import json
from importlib.resources import files
from typing import NamedTuple

FILE = "python_functions.json.gz"
OPERATORS = ["Add", "Mod", "Sub", "Mult", "BitAnd", "BitOr", "FloorDiv"]
HOLE = "?"


class PythonFunction(NamedTuple):
    """The syntax tree of one function; its nodes stand in the order in which Python's ``ast`` lists them."""

    types: list[int]
    """One a node: its class, as a place in ``PythonFunctions.types``; the last of them is the hole, "?"."""
    parents: list[int]
    """The parent of each node, -1 at the root, which stands first."""
    hole: int
    """The node whose class was taken out, an operator."""
    operator: int
    """What stood there, as a place in ``PythonFunctions.operators``."""
    file: int
    """The file it is from: split by file, or near copies of one function stand on both sides."""

    def window(self) -> list[list[int]]:
        """Classes near the hole: the two operands, the children of each, the node above; five lists."""
        below = [[] for _ in self.types]
        for child, parent in enumerate(self.parents[1:], start=1):
            below[parent].append(child)
        binary = self.parents[self.hole]
        left, _, right = below[binary]
        above = [node for node in [self.parents[binary]] if node >= 0]
        near = [left], [right], below[left], below[right], above
        return [[self.types[node] for node in nodes] for nodes in near]


class PythonFunctions(NamedTuple):
    """Syntax trees, and the names of what their numbers mean."""

    functions: list[PythonFunction]
    """The trees, 10 to 120 nodes each."""
    types: list[str]
    """Classes of Python's ``ast``, such as ``"Call"`` and ``"Constant_str"``; last ``"?"``."""
    operators: list[str]
    """The seven operators that were taken out."""
    files: list[str]
    """Paths within the standard library."""


def python_functions() -> PythonFunctions:
    r"""Read 2000 functions of the library of Python 3.11.7 as syntax trees (语法树), with a hole each.

    One binary operator of each function was taken out; the task is to guess it from the rest. Kept are the
    class of each node and the tree, and neither names nor strings nor comments. The sample is frozen, since
    each version of Python would give another one. The functions are under the licence of Python (PSF).

    Example:
        >>> functions, types, operators, files = python_functions()
        >>> function = functions[0]
        >>> types[function.types[0]], types[function.types[function.hole]], operators[function.operator]
        ('FunctionDef', '?', 'Mult')
    """
    data = json.loads(
        gzip.decompress(files("seqgraph.data").joinpath(FILE).read_bytes())
    )
    sign = {letter: number for number, letter in enumerate(data["signs"])}
    functions = [_read(row, sign, data["types"]) for row in data["functions"]]
    return PythonFunctions(functions, [*data["types"], HOLE], OPERATORS, data["files"])


def _read(row: list, sign: dict[str, int], names: list[str]) -> PythonFunction:
    file, hole, types, depths = row
    types = [sign[letter] for letter in types]
    operator = OPERATORS.index(names[types[hole]])
    types[hole] = len(names)
    parents, above = [], []
    for node, letter in enumerate(depths):
        depth = sign[letter]
        parents.append(above[depth - 1] if depth else -1)
        above[depth:] = [node]
    return PythonFunction(types, parents, hole, operator, file)
