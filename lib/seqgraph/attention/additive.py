"""Attention by a small network."""

import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn

from seqgraph.attention.masked_softmax import masked_softmax
from seqgraph.core.expect import expect, expect_dtype, expect_size


class AdditiveAttention(nn.Module):
    r"""Mix values by the scores of a small network: additive attention (加性注意力).

    .. math::
        e_{ts} = V \tanh(W q_t + U k_s), \qquad
        \alpha_t = \operatorname{softmax}(e_t), \qquad \bar v_t = \sum_s \alpha_{ts} v_s

    Where:
        q are the queries, k the keys, v the values, \bar v the context; W ``[H, Q]`` reads the query, U
        ``[H, K]`` the key, V ``[1, H]`` makes one number of both. There is no bias. A query that may see
        nothing gets the context 0 and weights 0.

    Shape:
        query ``[B, T, Q]``, keys ``[B, S, K]``, values ``[B, S, D]``; context ``[B, T, D]``, weights
        ``[B, T, S]``. The largest tensor on the way is ``[B, T, S, H]``.

    Args:
        query_size: Q, numbers in one query, at least 1.
        key_size: K, numbers in one key, at least 1.
        hidden_size: H, units of the small network, at least 1.

    Raises:
        ValueError: a size is not a whole number of at least 1.
        ShapeError: an argument has the wrong shape, or an axis is empty.
        TypeError: the mask is not of dtype bool, or an argument has another dtype than the weights.

    Source:
        [bahdanau2015neural], section 3.1

    Differs:
        There the values are the keys; that is so here when no values are given.

    Example:
        >>> import torch
        >>> attention = AdditiveAttention(query_size=3, key_size=2, hidden_size=4)
        >>> context, weights = attention(torch.zeros(1, 5, 3), torch.rand(1, 7, 2))
        >>> context.shape, weights.shape
        (torch.Size([1, 5, 2]), torch.Size([1, 5, 7]))
    """

    def __init__(self, query_size: int, key_size: int, hidden_size: int):
        super().__init__()
        self.query_size = expect_size("AdditiveAttention", "query_size", query_size)
        self.key_size = expect_size("AdditiveAttention", "key_size", key_size)
        hidden_size = expect_size("AdditiveAttention", "hidden_size", hidden_size)
        self.W = nn.Linear(query_size, hidden_size, bias=False)
        self.U = nn.Linear(key_size, hidden_size, bias=False)
        self.V = nn.Linear(hidden_size, 1, bias=False)

    def forward(
        self,
        query: Float[Tensor, "B T Q"],
        keys: Float[Tensor, "B S K"],
        values: Float[Tensor, "B S D"] | None = None,
        mask: Bool[Tensor, "B S"] | Bool[Tensor, "B T S"] | None = None,
    ) -> tuple[Float[Tensor, "B T D"], Float[Tensor, "B T S"]]:
        """Return the context and the weights; the mask is True where place s may be seen."""
        who, Q, K = "AdditiveAttention", self.query_size, self.key_size
        expect(who, "query", query, ("B", "T", Q), f"query_size={Q}")
        expect(who, "keys", keys, (len(query), "S", K), f"B as the query, key_size={K}")
        values = keys if values is None else values
        expect(who, "values", values, (len(query), keys.shape[1], "D"), "as the keys")
        for name, value in (("query", query), ("keys", keys), ("values", values)):
            expect_dtype(who, name, value, self.V.weight.dtype)
        hidden = torch.tanh(self.W(query)[:, :, None] + self.U(keys)[:, None])
        weights = masked_softmax(self.V(hidden)[..., 0], mask)
        return weights @ values, weights
