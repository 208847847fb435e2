"""Who belongs to a clique: four nodes of which each is joined to each other."""

import torch

from seqgraph.core.expect import expect_generator, expect_size
from seqgraph.data.graphs import Graphs, random_edges, shuffled, sparse

CLIQUE, EDGE = 4, 0.3


def clique_members(
    num_graphs: int, generator: torch.Generator, num_nodes: int = 10
) -> Graphs:
    r"""Draw random graphs in which four nodes are all joined; each node is to say if it is in such a clique.

    .. math:: y_v = [\exists\ \text{a clique (团) of 4 nodes with } v], \qquad x_v = \deg(v) / n

    The first clique is planted, all other pairs are joined with probability 0.3, and the answer is found by
    looking at all sets of four nodes. Members have more neighbours than others: see what the degree alone
    can do before you praise a network.

    Args:
        num_graphs: G, at least 1.
        generator: on the CPU: the same seed gives the same graphs on every machine.
        num_nodes: n, nodes of each graph, from 5 to 16.

    Example:
        >>> graphs = clique_members(3, torch.Generator().manual_seed(0))
        >>> graphs.x.shape, bool((graphs.y.reshape(3, 10).sum(1) >= 4).all())
        (torch.Size([30, 1]), True)
    """
    expect_size("clique_members", "num_graphs", num_graphs)
    expect_size("clique_members", "num_nodes", num_nodes, least=CLIQUE + 1, most=16)
    expect_generator("clique_members", generator)
    adjacency = random_edges(num_graphs, num_nodes, EDGE, generator)
    adjacency[:, :CLIQUE, :CLIQUE] = ~torch.eye(CLIQUE, dtype=torch.bool)
    adjacency, _ = shuffled(adjacency, generator)
    fours = torch.combinations(torch.arange(num_nodes), CLIQUE)  # [S, 4]
    one, other = fours[:, torch.combinations(torch.arange(CLIQUE))].unbind(2)  # [S, 6]
    cliques = adjacency[:, one, other].all(2)  # [G, S]
    inside = torch.nn.functional.one_hot(fours, num_nodes).sum(1)  # [S, n]
    member = (cliques.float() @ inside.float()) > 0
    degree = adjacency.sum(2).to(torch.get_default_dtype()) / num_nodes
    edge_index, batch = sparse(adjacency)
    return Graphs(degree.reshape(-1, 1), edge_index, member.long().flatten(), batch)
