"""Attention by a small network."""

import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn

from seqgraph.attention.inputs import expect_inputs, hide_unseen
from seqgraph.attention.masked_softmax import masked_softmax
from seqgraph.core.expect import expect_size


class AdditiveAttention(nn.Module):
    r"""Mix values by the scores of a small network: additive attention (加性注意力).

    .. math::
        e_{ts} = V \tanh(W q_t + U k_s), \qquad
        \alpha_t = \operatorname{softmax}(e_t), \qquad \bar v_t = \sum_s \alpha_{ts} v_s

    W reads the query, U the key, V makes one number of both; there is no bias.

    Shape:
        query ``[B, T, Q]``, keys ``[B, S, K]``, values ``[B, S, D]``; context ``[B, T, D]``, weights
        ``[B, T, S]``. The largest tensor on the way is ``[B, T, S, H]``.

    Args:
        query_size: Q, at least 1.
        key_size: K, at least 1.
        hidden_size: H, units of the small network, at least 1.

    Source:
        [bahdanau2015neural], section 3.1; there the values are the keys, as here when no values are given

    Example:
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
        """Return the context and the weights; the mask is that of :func:`masked_softmax`."""
        values = keys if values is None else values
        sizes = (self.query_size, self.key_size)
        expect_inputs(
            "AdditiveAttention", query, keys, values, *sizes, self.V.weight.dtype
        )
        keys, values = hide_unseen(mask, query, keys, values)
        hidden = torch.tanh(self.W(query)[:, :, None] + self.U(keys)[:, None])
        weights = masked_softmax(self.V(hidden)[..., 0], mask)
        return weights @ values, weights
