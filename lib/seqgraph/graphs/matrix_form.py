"""A graph as three matrices: the form in which the first graph network was programmed."""

from typing import NamedTuple

import torch
from jaxtyping import Float, Integer
from torch import Tensor

from seqgraph.core.expect import expect, expect_indices, expect_size
from seqgraph.graphs.message_passing import expect_graph


class MatrixForm(NamedTuple):
    """A batch of graphs as a table of edges and two sparse matrices."""

    edges: Tensor
    """One row an edge: number of the receiver, number of the sender, their labels, the label of the edge."""
    arc_node: Tensor
    """Sparse ``[N, E]``: 1 where an edge ends in a node. Its product with the messages adds them up."""
    node_graph: Tensor
    """Sparse ``[G, N]``: 1 where a node lies in a graph."""


def matrix_form(
    labels: Float[Tensor, "N I"],
    edge_index: Integer[Tensor, "2 E"],
    e: Float[Tensor, "E F"] | None = None,
    batch: Integer[Tensor, " N"] | None = None,
    num_graphs: int = 1,
) -> MatrixForm:
    r"""Write a batch of graphs as the edge matrix, the arc-node matrix and the node-graph matrix.

    .. math:: A_{ve} = [\text{edge } e \text{ ends in } v], \qquad
              \sum_{e:\ u \to v} m_e = (A\, m)_v, \qquad B_{gv} = [v \in g]

    Args:
        labels: ``[N, I]``.
        edge_index: ``[2, E]``, row 0 sends.
        e: labels of the edges ``[E, F]``, if there are any.
        batch: the graph of each node, in 0..num_graphs-1; without it all belong to graph 0.
        num_graphs: G, at least 1.

    Source:
        [scarselli2009gnn] [rossi2018inductive]

    Example:
        >>> form = matrix_form(torch.tensor([[5.0], [7.0]]), torch.tensor([[0], [1]]))
        >>> form.edges.tolist(), form.arc_node.to_dense().tolist()  # an edge from 0 to 1
        ([[1.0, 0.0, 7.0, 5.0]], [[0.0], [1.0]])
    """
    expect("matrix_form", "labels", labels, ("N", "I"))
    expect_graph("matrix_form", labels, edge_index, e)
    expect_size("matrix_form", "num_graphs", num_graphs)
    if batch is None:
        batch = edge_index.new_zeros(len(labels))
    expect("matrix_form", "batch", batch, (len(labels),), "one number a node")
    expect_indices("matrix_form", "batch", batch, num_graphs)
    sender, receiver = edge_index
    table = [receiver[:, None], sender[:, None], labels[receiver], labels[sender]]
    table += [] if e is None else [e]
    return MatrixForm(
        torch.cat([part.to(labels.dtype) for part in table], dim=1),
        _ones(receiver, (len(labels), len(receiver)), labels),
        _ones(batch, (num_graphs, len(labels)), labels),
    )


def _ones(rows: Tensor, shape: tuple[int, int], like: Tensor) -> Tensor:
    """A sparse matrix with one 1 a column, in the given rows."""
    places = torch.stack([rows.long(), torch.arange(shape[1], device=rows.device)])
    ones = like.new_ones(shape[1])
    return torch.sparse_coo_tensor(places, ones, shape, check_invariants=True)
