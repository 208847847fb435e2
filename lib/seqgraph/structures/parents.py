"""Lists of parents: read into tensors, and refused where they are no trees."""

from collections.abc import Iterable
from itertools import chain

import torch
from torch import Tensor


def listed(name: str, values: Iterable) -> list:
    """The values, if they are a list."""
    if not isinstance(values, list | tuple):
        raise ValueError(f"Forest: {name} must be a list, got {type(values).__name__}.")
    return list(values)


def read_parents(parents: list[list[int]]) -> tuple[Tensor, Tensor]:
    """The sizes of the trees, and the parent of each node within its tree."""
    trees = listed("parents", parents)
    if not trees:
        raise ValueError("Forest: parents must hold at least one tree, got none.")
    for number, tree in enumerate(trees):
        check_tree(number, listed(f"tree {number}", tree))
    sizes = torch.tensor([len(tree) for tree in trees])
    return sizes, torch.tensor(list(chain.from_iterable(trees)))


def check_tree(number: int, tree: list[int]) -> None:
    """Raise unless all parents are in range and there is one root; cycles are found later."""
    if not tree:
        raise ValueError(
            f"Forest: tree {number} must have at least one node, got none."
        )
    whole = set(map(type, tree)) == {int}
    if not whole or min(tree) < -1 or max(tree) >= len(tree):
        node = next(
            node
            for node, value in enumerate(tree)
            if type(value) is not int or not -1 <= value < len(tree)
        )
        raise ValueError(
            f"Forest: tree {number}, node {node}: the parent must be a whole number in "
            f"-1..{len(tree) - 1}, got {tree[node]!r}."
        )
    roots = [node for node, value in enumerate(tree) if value < 0]
    if not roots:
        raise ValueError(
            f"Forest: tree {number} must have a root, got no node whose parent is -1."
        )
    if len(roots) > 1:
        raise ValueError(
            f"Forest: tree {number} must have one root, got nodes {roots[0]} and {roots[1]}."
        )


def node_name(node: int, tree: Tensor, start: Tensor) -> str:
    """How errors name a node: its tree, and its number there."""
    return f"tree {int(tree[node])}, node {node - int(start[node])}"
