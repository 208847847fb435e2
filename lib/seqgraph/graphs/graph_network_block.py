"""The graph network block: edges, nodes and the whole graph change in turn."""

from collections.abc import Callable
from typing import NamedTuple

import torch
from jaxtyping import Float, Integer
from torch import Tensor

from seqgraph.core.expect import expect, expect_indices
from seqgraph.graphs.message_passing import MessagePassing, expect_graph


class GraphNetwork(NamedTuple):
    """What a block makes of a batch of graphs."""

    x: Tensor
    """The nodes, ``[N, ...]``."""
    e: Tensor
    """The edges, ``[E, ...]``."""
    u: Tensor
    """The globals, one row a graph, ``[G, ...]``."""


class GraphNetworkBlock(MessagePassing):
    r"""A block of a graph network (图网络): three networks, and sums between them.

    .. math::
        e_{ji}' &= \text{edge\_network}([e_{ji}, x_i, x_j, u]) \\
        x_i' &= \text{node\_network}\Bigl(\Bigl[\sum_{j \to i} e_{ji}',\ x_i,\ u\Bigr]\Bigr) \\
        u' &= \text{global\_network}\Bigl(\Bigl[\sum e',\ \sum x',\ u\Bigr]\Bigr)

    The last two sums run over the edges and nodes of one graph, and u is that of the graph. Most graph layers
    are this block with parts left out. Another aggregation is a subclass with another ``aggregate``.

    Shape:
        x ``[N, I]``, edge_index ``[2, E]``, e ``[E, F]``, u ``[G, U]``, batch ``[N]`` in 0..G-1. Without e,
        F is 0; without u, U is 0; without batch all is one graph.

    Args:
        edge_network: from F + 2 I + U numbers, in the order above, to those of a new edge.
        node_network: from those and I + U to the numbers of a new node.
        global_network: from the new edge, the new node and U to the new globals.

    Raises:
        ValueError: an edge joins two graphs of the batch.

    Source:
        [battaglia2018relational]

    Example:
        >>> first = lambda row: row[:, :1]  # the edge; what the edges bring; the sum of all of it
        >>> block = GraphNetworkBlock(first, first, first)
        >>> new = block(torch.ones(3, 1), torch.tensor([[0, 1], [2, 2]]), torch.tensor([[5.0], [7.0]]))
        >>> new.x.tolist(), new.u.tolist()
        ([[0.0], [0.0], [12.0]], [[12.0]])
    """

    def __init__(
        self,
        edge_network: Callable[[Tensor], Tensor],
        node_network: Callable[[Tensor], Tensor],
        global_network: Callable[[Tensor], Tensor],
    ):
        super().__init__()
        self.edge_network = edge_network
        self.node_network = node_network
        self.global_network = global_network

    def message(self, x_i: Tensor, x_j: Tensor, e: tuple[Tensor, Tensor]) -> Tensor:
        """The new edges; ``e`` holds the old ones and the globals of their graphs."""
        e, u = e
        return self.edge_network(torch.cat([e, x_i, x_j, u], dim=1))

    def update(self, x: Tensor, m: Tensor) -> Tensor:
        """The new nodes; ``x`` holds the old ones and the globals of their graphs, side by side."""
        return self.node_network(torch.cat([m, x], dim=1))

    def forward(
        self,
        x: Float[Tensor, "N I"],
        edge_index: Integer[Tensor, "2 E"],
        e: Float[Tensor, "E F"] | None = None,
        u: Float[Tensor, "G U"] | None = None,
        batch: Integer[Tensor, " N"] | None = None,
    ) -> GraphNetwork:
        e, u, batch = self.filled(x, edge_index, e, u, batch)
        (sender, receiver), G = edge_index, len(u)
        of_edge = batch[receiver]
        e = self.message(x[receiver], x[sender], (e, u[of_edge]))
        m = self.aggregate(e, receiver, len(x))
        x = self.update(torch.cat([x, u[batch]], dim=1), m)
        sums = self.aggregate(e, of_edge, G), self.aggregate(x, batch, G)
        return GraphNetwork(x, e, self.global_network(torch.cat([*sums, u], dim=1)))

    def filled(
        self,
        x: Tensor,
        edge_index: Tensor,
        e: Tensor | None,
        u: Tensor | None,
        batch: Tensor | None,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Edges, globals and batch, with what is missing filled in; an error where they do not fit."""
        who = self._get_name()
        expect(who, "x", x, ("N*", "I*"))
        e = x.new_zeros(edge_index.shape[-1], 0) if e is None else e
        u = x.new_zeros(1, 0) if u is None else u
        expect_graph(who, x, edge_index, e)
        expect(who, "e", e, (edge_index.shape[1], "F*"), "one row an edge")
        expect(who, "u", u, ("G*", "U*"))
        if u.dtype != x.dtype:
            raise TypeError(f"{who}: u must be {x.dtype} like x, got {u.dtype}.")
        batch = edge_index.new_zeros(len(x)) if batch is None else batch
        expect(who, "batch", batch, (len(x),), "one number a node")
        expect_indices(who, "batch", batch, len(u))
        one, other = batch[edge_index]
        if not torch.equal(one, other):
            edge = int((one != other).nonzero()[0])
            raise ValueError(
                f"{who}: edge_index must stay within each graph of batch, got an edge from"
                f" graph {one[edge]} to graph {other[edge]}."
            )
        return e, u, batch
