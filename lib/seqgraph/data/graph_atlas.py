"""All connected graphs of up to seven nodes: what can be told apart?"""

import torch

from seqgraph.core.optional import need
from seqgraph.data.graphs import Graphs, joined


def graph_atlas() -> Graphs:
    r"""Read the 996 connected graphs of one to seven nodes from the atlas of Read and Wilson, in networkx.

    No two of them are the same graph: y is just 0..995. Two that a network gives the same vector are two that
    it cannot tell apart, whatever its read-out. Features are 1 for all nodes.

    Example:
        >>> atlas = graph_atlas()
        >>> len(atlas.y), int(atlas.batch.bincount().max())
        (996, 7)
    """
    networkx = need("networkx", "graph_atlas", "data")
    found = []
    for graph in networkx.graph_atlas_g()[1:]:  # number 0 has no nodes
        if networkx.is_connected(graph):
            adjacency = networkx.to_numpy_array(graph, nodelist=range(len(graph)))
            x = torch.ones(len(graph), 1, dtype=torch.get_default_dtype())
            found.append((x, torch.as_tensor(adjacency) > 0))
    x, edge_index, batch = joined(found)
    return Graphs(x, edge_index, torch.arange(len(found)), batch)
