"""Vectors of nodes that random walks often visit together."""

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.expect import expect, expect_size
from seqgraph.text import pointwise_mutual_information


def walk_counts(walks: Int64[Tensor, "W T"], window: int) -> Float[Tensor, "N N"]:
    r"""Count which nodes stand near each other on walks, summed over all walks.

    .. math:: n_{ij} = \#\{(t, s) : x_t = i,\ x_s = j,\ 1 \le |t - s| \le \text{window}\}

    Args:
        walks, window: x, one walk a row; how many steps apart two nodes may be, at least 1.

    Returns:
        The counts, float64.

    Example:
        >>> walk_counts(torch.tensor([[0, 1, 2]]), 1).tolist()
        [[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]
    """
    expect("walk_counts", "walks", walks, ("W", "T"))
    expect_size("walk_counts", "window", window)
    nodes = int(walks.max()) + 1
    counts = torch.zeros(nodes * nodes, dtype=torch.float64)
    for apart in range(1, min(window, walks.shape[1] - 1) + 1):
        pair = (walks[:, :-apart] * nodes + walks[:, apart:]).flatten()
        counts += torch.bincount(pair, minlength=nodes * nodes)
    counts = counts.view(nodes, nodes)
    return counts + counts.T


def walk_vectors(
    walks: Int64[Tensor, "W T"], rows: Int64[Tensor, " V"], size: int, window: int = 3
) -> Float[Tensor, "V D"]:
    r"""Give vectors to some nodes of a graph, such that nodes met in like company have like vectors.

    .. math:: A_{rows} \approx P \operatorname{diag}(s) Q^\top, \qquad v_i = \sqrt{s} \odot P_i

    Args:
        walks: from :func:`random_walks`.
        rows, size: the nodes that get a vector (the others are only company); D, from 1 to V.
        window: how many steps apart company may be, at least 1.

    Returns:
        One vector a row, where A is the positive part of the pointwise mutual information of the
        :func:`walk_counts`, cut after its D largest singular values s; mean squared length 1.

    Example:
        >>> walk_vectors(torch.arange(12).remainder(4).repeat(3, 1), torch.arange(4), size=2, window=1).shape
        torch.Size([4, 2])
    """
    expect("walk_vectors", "rows", rows, ("V",))
    expect_size("walk_vectors", "size", size, most=len(rows), why="one a row")
    table = pointwise_mutual_information(walk_counts(walks, window)).clamp(min=0)[rows]
    P, s, _ = torch.linalg.svd(table, full_matrices=False)
    P, s = P[:, :size], s[:size]
    # The decomposition leaves the sign of each column open: its largest entry is to be positive.
    sign = P.gather(0, P.abs().argmax(0, keepdim=True)).sign()
    v = P * sign * s.sqrt()
    return (v / v.square().sum(1).mean().sqrt()).to(torch.get_default_dtype())
