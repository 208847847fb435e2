"""Is this the query that comes next?"""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_size


class QueryDiscriminator(nn.Module):
    r"""Score candidates for the next query, each on its own.

    .. math:: \hat y = \sigma(a), \qquad a = W_2 \operatorname{ReLU}(W_1 [v_q; c] + b_1) + b_2

    Where:
        q is a candidate and c the context of the session; a is the score that a call returns, before the
        logistic function, which changes no ranking.

    Shape:
        candidates ``[B, C, D]``, context ``[B, H]``; scores ``[B, C]``.

    Args:
        vector_size: D, numbers in a query's vector, at least 1.
        context_size: H, numbers in the context, at least 1.
        hidden_size: units between the two layers, at least 1.

    Raises:
        ValueError: a size is below 1.
        ShapeError: an argument has the wrong shape.

    Source:
        [jiang2018rin]

    Example:
        >>> import torch
        >>> QueryDiscriminator(3, 8, 16)(torch.ones(2, 10, 3), torch.ones(2, 8)).shape
        torch.Size([2, 10])
    """

    def __init__(self, vector_size: int, context_size: int, hidden_size: int):
        super().__init__()
        self.vector_size = expect_size("QueryDiscriminator", "vector_size", vector_size)
        self.context_size = expect_size("QueryDiscriminator", "context_size", context_size)
        expect_size("QueryDiscriminator", "hidden_size", hidden_size)
        self.first = nn.Linear(vector_size + context_size, hidden_size)
        self.second = nn.Linear(hidden_size, 1)

    def forward(
        self, candidates: Float[Tensor, "B C D"], context: Float[Tensor, "B H"]
    ) -> Float[Tensor, "B C"]:
        who, D, H = "QueryDiscriminator", self.vector_size, self.context_size
        expect(who, "candidates", candidates, ("B", "C", D), f"vector_size={D}")
        expect(who, "context", context, (len(candidates), H), f"B as the candidates, context_size={H}")
        beside = context[:, None].expand(-1, candidates.shape[1], -1)
        return self.second(self.first(torch.cat([candidates, beside], dim=-1)).relu())[..., 0]


def discriminator_loss(scores: Float[Tensor, "B C"]) -> Float[Tensor, ""]:
    r"""Binary cross entropy of all candidates, of which the first of each row is the right one.

    .. math::
        L_D = -\frac{1}{BC} \sum_{b,k} \big(y_{bk} \log \hat y_{bk} + (1 - y_{bk}) \log(1 - \hat y_{bk})\big)

    Where:
        y is 1 for the right candidate and 0 for the others.

    Shape:
        scores ``[B, C]``; one number.

    Args:
        scores: from a :class:`QueryDiscriminator`, before the logistic function.

    Returns:
        The loss, a mean over all candidates.

    Raises:
        ShapeError: scores is no matrix, or is empty.

    Source:
        [jiang2018rin]

    Example:
        >>> import torch
        >>> discriminator_loss(torch.tensor([[50.0, -50.0]])).item() < 1e-6
        True
    """
    expect("discriminator_loss", "scores", scores, ("B", "C"))
    target = torch.zeros_like(scores)
    target[:, 0] = 1
    return nn.functional.binary_cross_entropy_with_logits(scores, target)
