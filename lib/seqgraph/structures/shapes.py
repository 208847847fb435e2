"""Parents of trees whose shape looks at nothing but their size."""

import random


def left_branching(T: int) -> list[int]:
    r"""T leaves, then T - 1 merges: the first of leaves 0 and 1, each next takes one leaf more.

    Args:
        T: leaves, at least 1.

    Example:
        >>> left_branching(3)
        [3, 3, 4, 4, -1]
    """
    if T == 1:
        return [-1]
    return [T, *range(T, 2 * T - 1), *range(T + 1, 2 * T - 1), -1]


def balanced(T: int) -> list[int]:
    r"""T leaves, then T - 1 merges of neighbours, level by level; one left over waits for the next level.

    Args:
        T: leaves, at least 1.

    Example:
        >>> balanced(3)
        [3, 3, 4, 4, -1]
    """
    parents, level, new = [-1] * (2 * T - 1), list(range(T)), T
    while len(level) > 1:
        above = []
        for left, right in zip(level[::2], level[1::2], strict=False):
            parents[left] = parents[right] = new
            above.append(new)
            new += 1
        level = above + level[2 * len(above) :]
    return parents


def random_tree(num_nodes: int, root: int, draw: random.Random) -> list[int]:
    r"""Nodes in a random order, the root first, each below a random one of those before it.

    Args:
        num_nodes: N, at least 1.
        root: the node that becomes the root, 0 to N - 1.
        draw: a generator of Python's own kind.

    Example:
        >>> random_tree(3, 1, random.Random(0))
        [2, -1, 1]
    """
    others = draw.sample(range(num_nodes), num_nodes)
    others.remove(root)
    order, parents = [root, *others], [-1] * num_nodes
    for place, node in enumerate(others, start=1):
        parents[node] = order[draw.randrange(place)]
    return parents
