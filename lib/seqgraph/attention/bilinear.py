"""Attention by inner products, with a matrix between query and key."""

from jaxtyping import Bool, Float
from torch import Tensor, nn

from seqgraph.attention.inputs import expect_inputs
from seqgraph.attention.scaled_dot_product import scaled_dot_product
from seqgraph.core.expect import expect_size


class BilinearAttention(nn.Module):
    r"""Scaled dot-product attention in which a matrix turns the query before it meets the keys.

    .. math::
        e_{ts} = \frac{(W q_t) \cdot k_s}{\sqrt{K}}, \qquad
        \alpha_t = \operatorname{softmax}(e_t), \qquad \bar v_t = \sum_s \alpha_{ts} v_s

    Shape:
        query ``[B, T, Q]``, keys ``[B, S, K]``, values ``[B, S, D]``; context ``[B, T, D]``, weights
        ``[B, T, S]``.

    Args:
        query_size: Q, at least 1.
        key_size: K, at least 1.

    Source:
        [vaswani2017attention], equation 1, with a matrix for the queries alone

    Differs:
        The "general" score of Luong, Pham and Manning (2015) does not divide by the root of K.

    Example:
        >>> import torch
        >>> context, weights = BilinearAttention(3, 2)(torch.zeros(1, 5, 3), torch.rand(1, 4, 2))
        >>> context.shape, weights[0, 0].tolist()
        (torch.Size([1, 5, 2]), [0.25, 0.25, 0.25, 0.25])
    """

    def __init__(self, query_size: int, key_size: int):
        super().__init__()
        self.query_size = expect_size("BilinearAttention", "query_size", query_size)
        self.key_size = expect_size("BilinearAttention", "key_size", key_size)
        self.W = nn.Linear(query_size, key_size, bias=False)

    def forward(
        self,
        query: Float[Tensor, "B T Q"],
        keys: Float[Tensor, "B S K"],
        values: Float[Tensor, "B S D"] | None = None,
        mask: Bool[Tensor, "B S"] | Bool[Tensor, "B T S"] | None = None,
    ) -> tuple[Float[Tensor, "B T D"], Float[Tensor, "B T S"]]:
        """Return the context and the weights; the keys are the values where none are given."""
        values = keys if values is None else values
        sizes = (self.query_size, self.key_size)
        expect_inputs(
            "BilinearAttention", query, keys, values, *sizes, self.W.weight.dtype
        )
        return scaled_dot_product(self.W(query), keys, values, mask)
