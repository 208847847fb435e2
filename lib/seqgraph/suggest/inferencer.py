"""What will the user change next?"""

from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_size


class ReformulationInferencer(nn.Module):
    r"""Predict the next reformulation, as a vector, from the session's context.

    .. math:: \hat r_T = W_2 \operatorname{ReLU}(W_1 c + b_1) + b_2

    Shape:
        context c ``[B, C]``; result ``[B, D]``.

    Args:
        context_size, hidden_size, vector_size: C, units between the two layers, and D, each at least 1.

    Example:
        >>> import torch
        >>> ReformulationInferencer(8, 16, 3)(torch.ones(2, 8)).shape
        torch.Size([2, 3])
    """

    def __init__(self, context_size: int, hidden_size: int, vector_size: int):
        super().__init__()
        for name, size in (
            ("context_size", context_size),
            ("hidden_size", hidden_size),
        ):
            expect_size("ReformulationInferencer", name, size)
        expect_size("ReformulationInferencer", "vector_size", vector_size)
        self.context_size = context_size
        self.first = nn.Linear(context_size, hidden_size)
        self.second = nn.Linear(hidden_size, vector_size)

    def forward(self, context: Float[Tensor, "B C"]) -> Float[Tensor, "B D"]:
        why = f"context_size={self.context_size}"
        expect(
            "ReformulationInferencer", "context", context, ("B", self.context_size), why
        )
        return self.second(self.first(context).relu())


def reformulation_loss(
    predicted: Float[Tensor, "B D"], target: Float[Tensor, "B D"]
) -> Float[Tensor, ""]:
    r"""Half the squared distance between the predicted and the true reformulation, a mean over the batch.

    .. math:: L_R = \frac{1}{2B} \sum_b \lVert r_{bT} - \hat r_{bT} \rVert^2

    Args:
        predicted: from a :class:`ReformulationInferencer`.
        target: the true change. Keep the word vectors fixed: could they learn, all zero would be perfect.

    Example:
        >>> import torch
        >>> reformulation_loss(torch.tensor([[3.0, 4.0]]), torch.zeros(1, 2)).item()
        12.5
    """
    expect(
        "reformulation_loss", "target", target, tuple(predicted.shape), "as predicted"
    )
    return (predicted - target).square().sum(-1).mean() / 2
