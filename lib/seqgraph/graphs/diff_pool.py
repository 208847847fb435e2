"""A smaller graph for a graph: every node is shared out among a few clusters."""

from typing import NamedTuple

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from seqgraph.core.expect import expect


class DiffPooled(NamedTuple):
    """Coarser graphs, and two numbers to be kept small."""

    x: Float[Tensor, "G C D"]
    """Features of the clusters."""
    adjacency: Float[Tensor, "G C C"]
    """Weights between the clusters; the diagonal holds what lies inside."""
    link_loss: Float[Tensor, ""]
    """How far apart nodes stand that an edge joins."""
    entropy: Float[Tensor, ""]
    """How undecided the assignment is."""


def diff_pool(
    x: Float[Tensor, "G N D"],
    adjacency: Float[Tensor, "G N N"],
    scores: Float[Tensor, "G N C"],
    mask: Bool[Tensor, "G N"] | None = None,
) -> DiffPooled:
    r"""Pool the nodes of each graph into C clusters, differentiably (可微池化).

    .. math::
        S &= \text{softmax}(\text{scores}), \qquad X' = S^\top X, \qquad A' = S^\top A\, S \\
        L_{\text{link}} &= \frac{1}{G N^2} \Bigl(\sum_g \lVert A - S S^\top \rVert_F^2\Bigr)^{1/2}, \qquad
        L_{\text{entropy}} = - \frac{1}{G N} \sum_{g, i, c} S_{ic} \log S_{ic}

    S_ic is the share of node i in cluster c. Masked nodes belong to no cluster and add nothing. Both losses
    still divide by all places, those of the padding too: beside a larger graph they come out smaller. What
    becomes of a graph, X' and A', does not depend on the graphs beside it.

    Args:
        x: ``[G, N, D]``, as from :func:`dense_batch`.
        adjacency: ``[G, N, N]``, rows send.
        scores: ``[G, N, C]``, finite, before the softmax; usually from a graph network of their own.
        mask: ``[G, N]``, True where there is a node; without it everywhere.

    Source:
        [ying2018diffpool]

    Differs:
        The link loss is the paper's, divided as in PyG; the authors' program has a cross entropy instead.

    Example:
        >>> x, path = torch.ones(1, 3, 2), torch.tensor([[[0.0, 1, 0], [1, 0, 1], [0, 1, 0]]])
        >>> pooled = diff_pool(x, path, torch.tensor([[[999.0, 0], [999, 0], [0, 999]]]))
        >>> pooled.x[0].tolist(), pooled.adjacency[0].tolist()  # the first two nodes, the last
        ([[2.0, 2.0], [1.0, 1.0]], [[2.0, 1.0], [1.0, 0.0]])
    """
    _expect_dense(x, adjacency, scores, mask)
    if mask is not None:  # what stands in the padding, NaN too, reaches nothing
        x = x.where(mask[:, :, None], 0.0)
        adjacency = adjacency.where(mask[:, :, None] & mask[:, None], 0.0)
        scores = scores.where(mask[:, :, None], 0.0)
    S, log_S = scores.softmax(-1), scores.log_softmax(-1)
    if mask is not None:
        S = S.where(mask[:, :, None], 0.0)
    link = torch.linalg.vector_norm(adjacency - S @ S.mT) / max(1, adjacency.numel())
    entropy = -(S * log_S).sum() / max(1, S[:, :, 0].numel())
    return DiffPooled(S.mT @ x, S.mT @ adjacency @ S, link, entropy)


def _expect_dense(
    x: Tensor, adjacency: Tensor, scores: Tensor, mask: Tensor | None
) -> None:
    who = "diff_pool"
    expect(who, "x", x, ("G*", "N*", "D"))
    if not x.is_floating_point():
        raise TypeError(f"{who}: x must be a floating-point tensor, got {x.dtype}.")
    graphs, nodes = x.shape[:2]
    expect(who, "adjacency", adjacency, (graphs, nodes, nodes), "as x")
    expect(who, "scores", scores, (graphs, nodes, "C"), "as x")
    for name, value in (("adjacency", adjacency), ("scores", scores)):
        if value.dtype != x.dtype:
            raise TypeError(
                f"{who}: {name} must be {x.dtype} like x, got {value.dtype}."
            )
    if mask is not None:
        expect(who, "mask", mask, (graphs, nodes), "as x")
        if mask.dtype != torch.bool:
            raise TypeError(f"{who}: mask must be torch.bool, got {mask.dtype}.")
