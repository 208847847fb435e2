"""Is this the query that comes next?"""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_size


class QueryDiscriminator(nn.Module):
    r"""Score candidates for the next query, each on its own.

    .. math:: \hat y = \sigma(a), \qquad a = W_2 \operatorname{ReLU}(W_1 [v_q; c] + b_1) + b_2

    Shape:
        candidates v_q ``[B, C, D]``, context c ``[B, H]``; scores a ``[B, C]``, before the logistic function.

    Args:
        vector_size, context_size, hidden_size: D, H, and units between the two layers, each at least 1.

    Example:
        >>> QueryDiscriminator(3, 8, 16)(torch.ones(2, 10, 3), torch.ones(2, 8)).shape
        torch.Size([2, 10])
    """

    def __init__(self, vector_size: int, context_size: int, hidden_size: int):
        super().__init__()
        self.vector_size = expect_size("QueryDiscriminator", "vector_size", vector_size)
        self.context_size = expect_size(
            "QueryDiscriminator", "context_size", context_size
        )
        expect_size("QueryDiscriminator", "hidden_size", hidden_size)
        self.first = nn.Linear(vector_size + context_size, hidden_size)
        self.second = nn.Linear(hidden_size, 1)

    def forward(
        self, candidates: Float[Tensor, "B C D"], context: Float[Tensor, "B H"]
    ) -> Float[Tensor, "B C"]:
        who, D, H = "QueryDiscriminator", self.vector_size, self.context_size
        expect(who, "candidates", candidates, ("B", "C", D), f"vector_size={D}")
        expect(
            who,
            "context",
            context,
            (len(candidates), H),
            f"B as the candidates, context_size={H}",
        )
        beside = context[:, None].expand(-1, candidates.shape[1], -1)
        return self.second(self.first(torch.cat([candidates, beside], dim=-1)).relu())[
            ..., 0
        ]


def discriminator_loss(scores: Float[Tensor, "B C"]) -> Float[Tensor, ""]:
    r"""Binary cross entropy of all candidates, a mean; the paper adds up the C candidates of a session.

    .. math:: L_D = -\frac{1}{BC} \sum_b \Big(\log \hat y_{b1} + \sum_{k>1} \log(1 - \hat y_{bk})\Big)

    Args:
        scores: from a :class:`QueryDiscriminator`; the first of each row belongs to the right candidate.

    Example:
        >>> discriminator_loss(torch.tensor([[50.0, -50.0]])).item() < 1e-6
        True
    """
    expect("discriminator_loss", "scores", scores, ("B", "C"))
    right = nn.functional.logsigmoid(scores[:, 0])
    wrong = nn.functional.logsigmoid(-scores[:, 1:])
    return -(right.sum() + wrong.sum()) / scores.numel()
