"""The Laplacian of a graph: how much a signal differs from its neighbours."""

import torch
from jaxtyping import Float, Integer
from torch import Tensor

from seqgraph.core.expect import expect, expect_indices, expect_size
from seqgraph.graphs.edges import without_loops


def laplacian(
    edge_index: Integer[Tensor, "2 E"],
    num_nodes: int,
    edge_weight: Float[Tensor, " E"] | None = None,
    normalised: bool = False,
) -> Float[Tensor, "N N"]:
    r"""Write down the Laplacian (图拉普拉斯矩阵) of an undirected graph, ``[N, N]``.

    .. math:: L = D - A, \qquad L_{\text{normalised}} = I - D^{-1/2} A D^{-1/2}, \qquad
              (L x)_i = \sum_j A_{ij} (x_i - x_j)

    A holds the weights and D on its diagonal their sums. Self-loops cancel: they are left out of A and of D,
    in both matrices. L has as many eigenvalues 0 as the graph has components. A node without edges has a row
    of zeros in L, but 1 on the diagonal of the normalised matrix (1 / sqrt(0) counts as 0).

    Args:
        edge_index: ``[2, E]``, each undirected edge both ways; what stands twice counts twice.
        num_nodes: N, at least 0.
        edge_weight: one weight an edge, at least 0, the same both ways; without it all are 1.
        normalised: which of the two.

    Raises:
        ValueError: an edge stands one way only, or has another weight the other way.

    Source:
        [chung1997spectral]

    Example:
        >>> laplacian(torch.tensor([[0, 1, 1, 2], [1, 0, 2, 1]]), 3).tolist()  # 0 - 1 - 2
        [[1.0, -1.0, 0.0], [-1.0, 2.0, -1.0], [0.0, -1.0, 1.0]]
    """
    A = _adjacency(edge_index, num_nodes, edge_weight)
    degree = A.sum(1)
    if not normalised:
        return torch.diag(degree) - A
    alone = degree == 0
    scale = torch.where(alone, 0, torch.where(alone, 1, degree).rsqrt())
    eye = torch.eye(num_nodes, dtype=A.dtype, device=A.device)
    return eye - scale[:, None] * A * scale


def _adjacency(edge_index: Tensor, num_nodes: int, weight: Tensor | None) -> Tensor:
    """The weights as a matrix without self-loops; it must be symmetric."""
    expect_size("laplacian", "num_nodes", num_nodes, least=0)
    expect("laplacian", "edge_index", edge_index, (2, "E*"))
    expect_indices("laplacian", "edge_index", edge_index, num_nodes)
    if weight is None:
        one = torch.ones((), device=edge_index.device)
        weight = one.expand(without_loops(edge_index).shape[1])
    else:
        _expect_weights(weight, edge_index)
        weight = weight[edge_index[0] != edge_index[1]]
    places = tuple(without_loops(edge_index).long())
    A = weight.new_zeros(num_nodes, num_nodes).index_put(places, weight, True)
    if not torch.allclose(A, A.T):
        one, other = (A - A.T).abs().gt(1e-8 + 1e-5 * A.abs()).nonzero()[0].tolist()
        raise ValueError(
            "laplacian: edge_index must have each edge both ways, with one weight, got"
            f" {A[one, other]:.6g} from {one} to {other} and {A[other, one]:.6g} back."
        )
    return A


def _expect_weights(weight: Tensor, edge_index: Tensor) -> None:
    name, edges = "edge_weight", edge_index.shape[1]
    expect("laplacian", name, weight, (edges,), "one an edge")
    if not weight.is_floating_point():
        raise TypeError(
            f"laplacian: {name} must be a floating-point tensor, got {weight.dtype}."
        )
    if not bool((weight >= 0).all()):
        raise ValueError(
            f"laplacian: {name} must be at least 0, got {weight.min():.6g}."
        )
