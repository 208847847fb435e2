"""Has the graph a cycle? Degrees do not tell."""

import torch

from seqgraph.core.expect import expect_generator, expect_size
from seqgraph.data.graphs import Graphs, random_tree, shuffled, sparse


def cycles_and_trees(
    num_pairs: int, generator: torch.Generator, num_nodes: int = 10
) -> Graphs:
    r"""Draw trees, and for each a graph with a cycle whose nodes have the same numbers of neighbours.

    .. math:: \{a{-}b,\ c{-}d\} \;\to\; \{b{-}c,\ a{-}d\} \qquad
              \text{where } a{-}b{-}\ldots{-}c{-}d \text{ is a path of the tree}

    The exchange closes the inner part of the path to a cycle and joins what is left to a tree of its own.
    Every node keeps its degree, and both graphs have as many nodes and edges: counting neighbours tells
    nothing. Features are 1 for all nodes, and the order of the nodes is random.

    Args:
        num_pairs: P; there come 2 P graphs, tree (y = 0) and cycle (y = 1) of each pair one after the other.
        generator: on the CPU: the same seed gives the same graphs on every machine.
        num_nodes: nodes of each graph, at least 5.

    Example:
        >>> made = cycles_and_trees(3, torch.Generator().manual_seed(0))
        >>> made.y.tolist(), made.edge_index.shape  # nine edges each, both ways
        ([0, 1, 0, 1, 0, 1], torch.Size([2, 108]))
    """
    expect_size("cycles_and_trees", "num_pairs", num_pairs)
    expect_size("cycles_and_trees", "num_nodes", num_nodes, least=5)
    expect_generator("cycles_and_trees", generator)
    pairs = [_pair(num_nodes, generator) for _ in range(num_pairs)]
    adjacency, _ = shuffled(torch.cat(pairs), generator)
    edge_index, batch = sparse(adjacency)
    x = torch.ones(len(batch), 1)
    return Graphs(
        x.to(torch.get_default_dtype()),
        edge_index,
        torch.tensor([0, 1]).repeat(num_pairs),
        batch,
    )


def _pair(size: int, generator: torch.Generator) -> torch.Tensor:
    """A tree and its partner with a cycle, ``[2, n, n]``."""
    distance = torch.zeros(0, 0)
    while not len(far := (distance >= 4).nonzero()):
        tree = random_tree(size, generator)
        distance = _distances(tree)
    a, d = far[torch.randint(0, len(far), (), generator=generator)]
    b = (tree[a] & (distance[d] < distance[a, d])).long().argmax()
    c = (tree[d] & (distance[a] < distance[a, d])).long().argmax()
    cycle = tree.clone()
    for one, other, joined in (
        (a, b, False),
        (c, d, False),
        (b, c, True),
        (a, d, True),
    ):
        cycle[one, other] = cycle[other, one] = joined
    return torch.stack([tree, cycle])


def _distances(tree: torch.Tensor) -> torch.Tensor:
    """The number of steps between each two nodes of a connected graph."""
    reached = torch.eye(len(tree), dtype=torch.bool)
    distance = torch.zeros(len(tree), len(tree), dtype=torch.int64)
    while not bool(reached.all()):
        distance += ~reached
        reached = reached | ((reached[:, :, None] & tree).any(1))
    return distance
