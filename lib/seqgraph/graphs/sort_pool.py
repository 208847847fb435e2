"""A fixed number of nodes for a whole graph: the first ones after sorting."""

import torch
from jaxtyping import Float, Integer
from torch import Tensor, nn

from seqgraph.core.expect import expect_size
from seqgraph.graphs.dense_batch import places
from seqgraph.graphs.pooling import expect_batch


class SortPool(nn.Module):
    r"""Sort the nodes of each graph by their last channel, the largest first, and keep k of them.

    .. math:: z_{gr} = x_{\pi_g(r)}, \qquad
              x_{\pi_g(1), D} \geq x_{\pi_g(2), D} \geq \ldots, \qquad r = 1, \ldots, k

    :math:`\pi_g` puts the nodes of graph g in order. So a graph becomes a sequence of fixed length, whatever
    its nodes were called. Nodes with the same last channel are compared by the channel before it, and so on;
    nodes that agree in all of them are one as good as the other. A graph of fewer than k nodes is filled up
    with zeros, which stand behind all its nodes, even those with negative numbers. The gradient reaches the
    nodes that are kept; the order itself has none.

    Shape:
        x ``[N, D]``, batch ``[N]``, the graph of each node in any order, num_graphs G; result ``[G, k, D]``.

    Args:
        k: how many nodes are kept, at least 1.

    Source:
        [zhang2018dgcnn]

    Differs:
        PyG's ``SortAggregation`` looks at the last channel only, so the order of equal nodes depends on their
        numbers. It returns ``[G, k * D]`` and sets every entry to 0 that equals the smallest of all minus 1.

    Example:
        >>> x, batch = torch.tensor([[7.0, 1.0], [8.0, 3.0], [9.0, -2.0]]), torch.tensor([0, 0, 1])
        >>> SortPool(2)(x, batch, 2).tolist()
        [[[8.0, 3.0], [7.0, 1.0]], [[9.0, -2.0], [0.0, 0.0]]]
    """

    def __init__(self, k: int):
        super().__init__()
        self.k = expect_size(self._get_name(), "k", k)

    def forward(
        self,
        x: Float[Tensor, "N D"],
        batch: Integer[Tensor, " N"],
        num_graphs: int,
    ) -> Float[Tensor, "G k D"]:
        expect_batch(self._get_name(), x, batch, num_graphs)
        order = torch.arange(len(x), device=x.device)
        for channel in x.detach().unbind(1):  # the last one sorts last, so it decides
            order = order[channel[order].argsort(descending=True, stable=True)]
        graph = batch.long()[order]
        rank, _ = places(graph, num_graphs)
        kept = rank < self.k
        z = x.new_zeros(num_graphs, self.k, x.shape[1])
        return z.index_put((graph[kept], rank[kept]), x[order[kept]])

    def extra_repr(self) -> str:
        return f"k={self.k}"
