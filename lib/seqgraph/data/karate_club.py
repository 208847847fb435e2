"""A real graph that everybody knows: who met whom in a karate club before it split."""

import torch

from seqgraph.core.optional import need
from seqgraph.data.graphs import Graphs


def karate_club() -> Graphs:
    r"""Read Zachary's karate club (空手道俱乐部): 34 members, 78 friendships, and the club each went to.

    y is 0 for the club of the instructor, Mr. Hi (member 0), and 1 for that of the officers (member 33); 17
    members went to each. Features are one-hot: nothing is known of a member but who he is. The graph comes
    with networkx, whose weights of the friendships are left out.

    Source:
        [zachary1977karate]

    Example:
        >>> club = karate_club()
        >>> club.edge_index.shape, club.y.bincount().tolist(), club.y[[0, 33]].tolist()
        (torch.Size([2, 156]), [17, 17], [0, 1])
    """
    networkx = need("networkx", "karate_club", "data")
    graph = networkx.karate_club_graph()
    members = range(len(graph))
    adjacency = networkx.to_numpy_array(graph, nodelist=members, weight=None)
    y = torch.tensor([int(graph.nodes[v]["club"] != "Mr. Hi") for v in members])
    edge_index = torch.as_tensor(adjacency).nonzero().T.contiguous()
    x = torch.eye(len(y), dtype=torch.get_default_dtype())
    return Graphs(x, edge_index, y, torch.zeros_like(y))
