"""A tree with another of its nodes as root."""

from seqgraph.core.expect import expect_size
from seqgraph.structures.parents import check_tree


def reroot(parents: list[int], root: int) -> tuple[list[int], list[int]]:
    r"""Turn round all edges on the way from a node up to the root, so that all nodes send to it.

    Args:
        parents: of each node of one tree its parent, -1 at the root.
        root: the node that becomes the root.

    Returns:
        The new parents, and for each node 1 if its edge was turned round, else 0.

    Raises:
        ValueError: the parents make no tree.

    Example:
        >>> reroot([-1, 0, 1, 1], 2)
        ([1, 2, -1, 1], [1, 1, 0, 0])
    """
    check_tree(0, parents)
    expect_size("reroot", "root", root, least=0, most=len(parents) - 1)
    made, turned, before, node = list(parents), [0] * len(parents), -1, root
    while node >= 0:
        if turned[node]:
            raise ValueError(f"reroot: node {node} must not be its own ancestor.")
        made[node], turned[node] = before, 1
        before, node = node, parents[node]
    turned[root] = 0  # it has no edge any more
    return made, turned
