"""Find a small pattern of labelled nodes in a larger graph."""

import torch

from seqgraph.core.expect import expect_generator, expect_size
from seqgraph.data.graphs import Graphs, random_edges, shuffled, sparse

LABELS = (2.0, 7.0, 4.0, 9.0, 5.0)  # of the pattern's five nodes
PATTERN = ((0, 1), (1, 2), (2, 3), (3, 4), (4, 0), (0, 2))
EDGE, NOISE = 0.2, 0.25


def subgraph_search(
    num_graphs: int, generator: torch.Generator, num_nodes: int = 12
) -> Graphs:
    r"""Draw random graphs that hold one fixed pattern; each node is to say whether it belongs to it.

    .. math:: y_v = [v \in \text{pattern}], \qquad x_v = (\text{label}_v + \varepsilon_v - 5) / 2, \quad
              \varepsilon_v \sim N(0, 0.25^2)

    The pattern has five nodes with fixed labels and six edges. The labels of all other nodes are whole
    numbers from 0 to 10 at random, and each other pair of nodes is joined with probability 0.2. A node's
    label says something, and its neighbours say more.

    Args:
        num_graphs: G, at least 1.
        generator: on the CPU: the same seed gives the same graphs on every machine.
        num_nodes: nodes of each graph, at least 6.

    Source:
        [scarselli2009gnn]

    Example:
        >>> graphs = subgraph_search(3, torch.Generator().manual_seed(0))
        >>> graphs.x.shape, graphs.y.reshape(3, 12).sum(1).tolist()
        (torch.Size([36, 1]), [5, 5, 5])
    """
    expect_size("subgraph_search", "num_graphs", num_graphs)
    expect_size("subgraph_search", "num_nodes", num_nodes, least=len(LABELS) + 1)
    expect_generator("subgraph_search", generator)
    size = (num_graphs, num_nodes)
    adjacency = random_edges(*size, EDGE, generator)
    inside = torch.zeros(5, 5, dtype=torch.bool)
    one, other = torch.tensor(PATTERN).T
    inside[one, other] = inside[other, one] = True
    adjacency[:, :5, :5] = inside
    labels = torch.randint(0, 11, size, generator=generator).to(
        torch.get_default_dtype()
    )
    labels[:, :5] = torch.tensor(LABELS)
    noise = NOISE * torch.randn(size, generator=generator, dtype=labels.dtype)
    adjacency, order = shuffled(adjacency, generator)
    x = ((labels + noise - 5) / 2).gather(1, order)
    edge_index, batch = sparse(adjacency)
    return Graphs(x.reshape(-1, 1), edge_index, (order < 5).long().flatten(), batch)
