"""Two copies of a graph against three: the same nodes in the same shares."""

import torch

from seqgraph.core.expect import expect_generator, expect_size
from seqgraph.data.graphs import Graphs, joined, random_tree

LABELS = 3


def graph_copies(num_bases: int, generator: torch.Generator) -> Graphs:
    r"""Draw small graphs and hand out each twice: as two copies of it, and as three.

    .. math:: G \cup G \;\mapsto\; 0, \qquad G \cup G \cup G \;\mapsto\; 1

    No edge joins the copies. Whatever layers of messages made of the nodes, their mean and their maximum are
    the same for both, so a network that ends in one of them is right in exactly one half. A base is a random
    tree of 4 to 6 nodes with one more edge and labels of three kinds; two copies of a large one are as large
    as three of a small one, so the number of nodes does not give it away.

    Args:
        num_bases: B; there come 2 B graphs, the two of each base one after the other.
        generator: on the CPU: the same seed gives the same graphs on every machine.

    Source:
        [xu2019gin]

    Example:
        >>> made = graph_copies(2, torch.Generator().manual_seed(0))
        >>> made.y.tolist(), [3 * two == 2 * three for two, three in made.batch.bincount().reshape(2, 2)]
        ([0, 1, 0, 1], [tensor(True), tensor(True)])
    """
    expect_size("graph_copies", "num_bases", num_bases)
    expect_generator("graph_copies", generator)
    parts, batch = [], []
    for base in range(num_bases):
        x, adjacency = _base(generator)
        parts += 5 * [(x, adjacency)]
        batch += 2 * len(x) * [2 * base] + 3 * len(x) * [2 * base + 1]
    x, edge_index, _ = joined(parts)
    y = torch.tensor([0, 1]).repeat(num_bases)
    return Graphs(x, edge_index, y, torch.tensor(batch))


def _base(generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    size = int(torch.randint(4, 7, (), generator=generator))
    adjacency = random_tree(size, generator)
    free = (~adjacency).triu(1).nonzero()
    one, other = free[torch.randint(0, len(free), (), generator=generator)]
    adjacency[one, other] = adjacency[other, one] = True
    labels = torch.randint(0, LABELS, (size,), generator=generator)
    x = torch.nn.functional.one_hot(labels, LABELS)
    return x.to(torch.get_default_dtype()), adjacency
