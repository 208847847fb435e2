"""Nested expressions over small numbers: their value hangs on the tree, not on the order of the signs."""

from typing import NamedTuple

import torch

from seqgraph.core.expect import expect_generator, expect_size

OPERATORS = {
    "MIN": lambda a, b, modulus: min(a, b),
    "MAX": lambda a, b, modulus: max(a, b),
    "SUM": lambda a, b, modulus: (a + b) % modulus,
}


class Expression(NamedTuple):
    """A binary tree of operators and digits, its nodes in the order of writing, and its value."""

    symbols: list[str]
    """One a node: MIN, MAX or SUM, or a digit."""
    parents: list[int]
    """The parent of each node, -1 at the root, which stands first."""
    value: int
    """What comes out, 0 to modulus - 1."""

    def brackets(self) -> list[str]:
        """The same as a line of signs: each operator stands in a bracket with what it works on."""
        children = [[] for _ in self.symbols]
        for node, parent in enumerate(self.parents[1:], start=1):
            children[parent].append(node)

        def write(node: int) -> list[str]:
            if not children[node]:
                return [self.symbols[node]]
            below = [sign for child in children[node] for sign in write(child)]
            return ["(", self.symbols[node], *below, ")"]

        return write(0)

    def merges(self) -> list[int]:
        """The tree over ``symbols`` as neighbours to merge: operator and one value, then both and the other.

        Merge m joins places merges[m] and merges[m] + 1 of what is left; the leftmost goes first.
        """
        left, found = [sign in OPERATORS for sign in self.symbols], []
        while len(left) > 1:
            triples = zip(left, left[1:], left[2:], strict=False)
            place = list(triples).index((True, False, False))
            left[place : place + 3] = [False]
            found += [place, place]
        return found


def expressions(
    number: int, depth: int, generator: torch.Generator, modulus: int = 4
) -> list[Expression]:
    r"""Draw nested expressions of MIN, MAX and SUM, such as ( MAX ( SUM 3 2 ) 0 ).

    At each operator one side, left or right, goes on to the full depth, and the other is as deep as it
    happens to be. SUM is taken modulo ``modulus``, so that all values are digits again.

    Args:
        number: how many, at least 1.
        depth: edges from the root to the deepest digit, at least 1.
        generator: on the CPU: the same seed gives the same expressions on every machine.
        modulus: digits are 0 to modulus - 1; 2 to 10.

    Source:
        [nangia2018listops]

    Differs:
        ListOps has lists of several arguments, MEDIAN too, and digits up to 9.

    Example:
        >>> [expression] = expressions(1, 2, torch.Generator().manual_seed(3))
        >>> " ".join(expression.brackets()), expression.value
        ('( MAX ( MAX 0 0 ) ( MAX 3 1 ) )', 3)
    """
    expect_size("expressions", "number", number)
    expect_size("expressions", "depth", depth)
    expect_size("expressions", "modulus", modulus, least=2, most=10)
    expect_generator("expressions", generator)
    return [_draw(depth, modulus, generator) for _ in range(number)]


def _draw(depth: int, modulus: int, generator: torch.Generator) -> Expression:
    symbols, parents, names = [], [], list(OPERATORS)

    def draw(below: int) -> int:
        return int(torch.randint(below, (1,), generator=generator))

    def grow(parent: int, left: int) -> int:
        node = len(symbols)
        parents.append(parent)
        if left == 0:
            digit = draw(modulus)
            symbols.append(str(digit))
            return digit
        symbols.append(names[draw(3)])
        full = draw(2)
        a, b = (grow(node, left - 1 if side == full else draw(left)) for side in (0, 1))
        return OPERATORS[symbols[node]](a, b, modulus)

    value = grow(-1, depth)
    return Expression(symbols, parents, value)
