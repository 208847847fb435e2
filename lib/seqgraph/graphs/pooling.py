"""One vector for a whole graph: the sum, the mean or the largest of its nodes."""

from jaxtyping import Float, Integer
from torch import Tensor

from seqgraph.core.expect import expect, expect_indices, expect_size
from seqgraph.core.segment import segment_max, segment_mean, segment_sum


def sum_pool(
    x: Float[Tensor, "N D"], batch: Integer[Tensor, " N"], num_graphs: int
) -> Float[Tensor, "G D"]:
    r"""Add up the nodes of each graph, ``[G, D]``; an empty graph gives 0.

    .. math:: z_g = \sum_{i:\ \text{batch}_i = g} x_i

    The sum tells two copies of a graph from three; the mean and the maximum cannot.

    Args:
        x: ``[N, D]``, one row a node; N may be 0.
        batch: ``[N]``, the graph of each node, in 0..num_graphs-1, in any order.
        num_graphs: G, the number of graphs, at least 0. It cannot be read off ``batch``: the last graph may
            be empty.

    Source:
        [xu2019gin]

    Example:
        >>> import torch
        >>> x, batch = torch.tensor([[1.0], [2.0], [5.0]]), torch.tensor([0, 0, 1])
        >>> sum_pool(x, batch, 3).tolist()  # graph 2 has no nodes
        [[3.0], [5.0], [0.0]]
    """
    expect_batch("sum_pool", x, batch, num_graphs)
    return segment_sum(x, batch, num_graphs)


def mean_pool(
    x: Float[Tensor, "N D"], batch: Integer[Tensor, " N"], num_graphs: int
) -> Float[Tensor, "G D"]:
    r"""Average the nodes of each graph, ``[G, D]``; an empty graph gives 0.

    .. math:: z_g = \frac{1}{\max(1, n_g)} \sum_{i:\ \text{batch}_i = g} x_i

    n_g is the number of nodes of graph g, and it is lost.

    Args:
        x: ``[N, D]``.
        batch: ``[N]``.
        num_graphs: G.

    Example:
        >>> import torch
        >>> x, batch = torch.tensor([[1.0], [2.0], [5.0]]), torch.tensor([0, 0, 1])
        >>> mean_pool(x, batch, 3).tolist()
        [[1.5], [5.0], [0.0]]
    """
    expect_batch("mean_pool", x, batch, num_graphs)
    return segment_mean(x, batch, num_graphs)


def max_pool(
    x: Float[Tensor, "N D"], batch: Integer[Tensor, " N"], num_graphs: int
) -> Float[Tensor, "G D"]:
    r"""Take the largest number of each graph, channel by channel, ``[G, D]``; an empty graph gives 0.

    .. math:: z_{gd} = \max_{i:\ \text{batch}_i = g} x_{id}

    How often something occurs is lost. Nodes that share the maximum share its gradient.

    Args:
        x: ``[N, D]``.
        batch: ``[N]``.
        num_graphs: G.

    Example:
        >>> import torch
        >>> x, batch = torch.tensor([[-1.0], [-2.0], [5.0]]), torch.tensor([0, 0, 1])
        >>> max_pool(x, batch, 3).tolist()
        [[-1.0], [5.0], [0.0]]
    """
    expect_batch("max_pool", x, batch, num_graphs)
    return segment_max(x, batch, num_graphs)


def expect_batch(who: str, x: Tensor, batch: Tensor, num_graphs: int) -> None:
    """Raise unless every node has a graph in 0..num_graphs-1."""
    expect(who, "x", x, ("N*", "D"))
    if not x.is_floating_point():
        raise TypeError(f"{who}: x must be a floating-point tensor, got {x.dtype}.")
    expect_size(who, "num_graphs", num_graphs, least=0)
    expect(who, "batch", batch, (len(x),), "one number a node")
    expect_indices(who, "batch", batch, num_graphs)
