"""A batch of graphs of different sizes as padded tensors, with a mask."""

from typing import NamedTuple

import torch
from jaxtyping import Bool, Float, Integer
from torch import Tensor

from seqgraph.graphs.message_passing import expect_graph
from seqgraph.graphs.pooling import expect_batch


class DenseBatch(NamedTuple):
    """Graphs of up to N nodes each, one behind the other."""

    x: Float[Tensor, "G N D"]
    """Features; 0 where a graph has no node."""
    adjacency: Float[Tensor, "G N N"]
    """How many edges go from one node (row) to another (column)."""
    mask: Bool[Tensor, "G N"]
    """True where there is a node."""


def dense_batch(
    x: Float[Tensor, "M D"],
    edge_index: Integer[Tensor, "2 E"],
    batch: Integer[Tensor, " M"],
    num_graphs: int,
) -> DenseBatch:
    r"""Give each graph a row of its own: features ``[G, N, D]``, adjacency ``[G, N, N]``, mask ``[G, N]``.

    .. math:: A_{gij} = \#\{e:\ \text{node } i \text{ of graph } g \text{ sends to its node } j\}

    N is the size of the largest graph. The nodes of a graph keep their order, its last rows are padding. As
    rows send, :math:`A_g^\top x_g` adds up what each node receives; of an undirected graph both are the same.

    Args:
        x: ``[M, D]``, one row a node.
        edge_index: ``[2, E]``, row 0 sends.
        batch: ``[M]``, the graph of each node, in 0..num_graphs-1, in any order.
        num_graphs: G, at least 0.

    Raises:
        ValueError: an edge joins two graphs.

    Differs:
        PyG has two functions for it, ``to_dense_batch`` and ``to_dense_adj``. There the numbers in ``batch``
        must rise, and an edge between two graphs is put into a wrong place without a word.

    Example:
        >>> x, edge_index = torch.tensor([[1.0], [2.0], [5.0]]), torch.tensor([[0], [1]])
        >>> dense = dense_batch(x, edge_index, torch.tensor([0, 0, 1]), 2)
        >>> dense.x.squeeze(2).tolist(), dense.adjacency[0].tolist(), dense.mask[1].tolist()
        ([[1.0, 2.0], [5.0, 0.0]], [[0.0, 1.0], [0.0, 0.0]], [True, False])
    """
    expect_batch("dense_batch", x, batch, num_graphs)
    expect_graph("dense_batch", x, edge_index)
    graph, (sender, receiver) = batch.long(), edge_index.long()
    if not torch.equal(graph[sender], graph[receiver]):
        raise ValueError(
            "dense_batch: edge_index must join nodes of one graph,"
            f" got {int((graph[sender] != graph[receiver]).sum())} edges between two."
        )
    place, sizes = places(graph, num_graphs)
    size = int(sizes.max()) if num_graphs else 0
    flat = (graph[sender] * size + place[sender]) * size + place[receiver]
    counts = torch.bincount(flat, minlength=num_graphs * size**2)
    return DenseBatch(
        x.new_zeros(num_graphs, size, x.shape[1]).index_put((graph, place), x),
        counts.to(x.dtype).reshape(num_graphs, size, size),
        torch.arange(size, device=x.device) < sizes[:, None],
    )


def places(batch: Tensor, num_graphs: int) -> tuple[Tensor, Tensor]:
    """The place of each node in its graph, from 0, and the sizes ``[G]`` of the graphs."""
    sizes = torch.bincount(batch, minlength=num_graphs)
    order = batch.argsort(stable=True)
    starts = sizes.cumsum(0) - sizes
    there = torch.arange(len(batch), device=batch.device) - starts[batch[order]]
    return torch.empty_like(order).index_put((order,), there), sizes
