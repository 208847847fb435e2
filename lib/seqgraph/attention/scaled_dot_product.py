"""Attention by inner products."""

from math import sqrt

from jaxtyping import Bool, Float
from torch import Tensor

from seqgraph.attention.inputs import hide_unseen
from seqgraph.attention.masked_softmax import masked_softmax
from seqgraph.core.expect import expect


def scaled_dot_product(
    query: Float[Tensor, "B T D"],
    keys: Float[Tensor, "B S D"],
    values: Float[Tensor, "B S Dv"],
    mask: Bool[Tensor, "B S"] | Bool[Tensor, "B T S"] | None = None,
) -> tuple[Float[Tensor, "B T Dv"], Float[Tensor, "B T S"]]:
    r"""Mix values by how well their keys match a query: scaled dot-product attention (缩放点积注意力).

    .. math::
        e_{ts} = \frac{q_t \cdot k_s}{\sqrt{D}}, \qquad
        \alpha_t = \operatorname{softmax}(e_t), \qquad \bar v_t = \sum_s \alpha_{ts} v_s

    For numbers of variance 1 the inner product has variance D; the division brings it back to 1. There is one
    head and no dropout.

    Args:
        query: q, ``[B, T, D]``, one row a step.
        keys: k, ``[B, S, D]``, one row a place.
        values: v, ``[B, S, D']``, what is mixed.
        mask: as in :func:`masked_softmax`; all places may be seen if it is not given. What no query may see
            does not matter, NaN and infinity included.

    Returns:
        The context ``[B, T, D']``, 0 for a query that may see nothing, and the weights ``[B, T, S]``.

    Source:
        [vaswani2017attention], equation 1

    Example:
        >>> import torch
        >>> query, keys = torch.zeros(1, 1, 2), torch.eye(2)[None]
        >>> context, weights = scaled_dot_product(query, keys, torch.tensor([[[1.0], [3.0]]]))
        >>> context.item(), weights.tolist()
        (2.0, [[[0.5, 0.5]]])
    """
    expect("scaled_dot_product", "query", query, ("B", "T", "D"))
    B, _, D = query.shape
    expect("scaled_dot_product", "keys", keys, (B, "S", D), "as the query")
    expect(
        "scaled_dot_product", "values", values, (B, keys.shape[1], "D'"), "as the keys"
    )
    keys, values = hide_unseen(mask, query, keys, values)
    weights = masked_softmax(query @ keys.mT / sqrt(D), mask)
    return weights @ values, weights
