"""Vectors of nodes that random walks often visit together."""

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.expect import expect, expect_size
from seqgraph.text import pointwise_mutual_information


def walk_counts(walks: Int64[Tensor, "W T"], window: int) -> Float[Tensor, "N N"]:
    r"""Count which nodes stand near each other on walks.

    .. math:: n_{ij} = \#\{(t, s) : x_t = i,\ x_s = j,\ 1 \le |t - s| \le \text{window}\}

    Where:
        x is a walk; the count is summed over all walks.

    Shape:
        walks ``[W, T]``; counts ``[N, N]``, symmetric, float64.

    Args:
        walks: one walk a row, node numbers from 0.
        window: how many steps apart two nodes may be, at least 1.

    Returns:
        The counts.

    Raises:
        ShapeError: walks has another number of axes, or is empty.
        ValueError: window is below 1.

    Example:
        >>> import torch
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

    Where:
        A is the positive part of the pointwise mutual information of the :func:`walk_counts`; on the right
        stands its singular value decomposition, cut after the D largest singular values s. All vectors are
        then scaled by one number, so that their mean squared length is 1.

    Shape:
        walks ``[W, T]``, rows ``[V]``; vectors ``[V, D]`` of the default dtype.

    Args:
        walks: from :func:`random_walks`.
        rows: the nodes that get a vector; the others are only company.
        size: D, from 1 to V.
        window: how many steps apart company may be, at least 1.

    Returns:
        One vector a row. The sign of each column is fixed: its largest entry is positive.

    Raises:
        ShapeError: walks or rows have the wrong shape.
        ValueError: window is below 1, or size is not in 1..V.

    Differs:
        node2vec [grover2016node2vec] learns its vectors by predicting company, step by step. Here one
        decomposition does it: no learning rate, and the same vectors at each call.

    Example:
        >>> import torch
        >>> ring = torch.arange(12).remainder(4).repeat(3, 1)
        >>> walk_vectors(ring, torch.arange(4), size=2, window=1).shape
        torch.Size([4, 2])
    """
    expect("walk_vectors", "rows", rows, ("V",))
    expect_size("walk_vectors", "size", size)
    if size > len(rows):
        raise ValueError(f"walk_vectors: size must be in 1..{len(rows)} (one a row), got {size}.")
    table = pointwise_mutual_information(walk_counts(walks, window)).clamp(min=0)[rows]
    P, s, _ = torch.linalg.svd(table, full_matrices=False)
    P, s = P[:, :size], s[:size]
    sign = P.gather(0, P.abs().argmax(0, keepdim=True)).sign()
    v = P * sign * s.sqrt()
    return (v / v.square().sum(1).mean().sqrt()).to(torch.get_default_dtype())
