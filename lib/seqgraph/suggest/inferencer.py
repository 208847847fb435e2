"""What will the user change next?"""

from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_size


class ReformulationInferencer(nn.Module):
    r"""Predict the next reformulation, as a vector, from the session's context.

    .. math:: \hat r_T = W_2 \operatorname{ReLU}(W_1 c + b_1) + b_2

    Where:
        c is the context of the session; the r to be predicted is the vector of the next query minus that
        of the last one.

    Shape:
        context ``[B, C]``; result ``[B, D]``.

    Args:
        context_size: C, numbers in the context, at least 1.
        hidden_size: units between the two layers, at least 1.
        vector_size: D, numbers in a query's vector, at least 1.

    Raises:
        ValueError: a size is below 1.
        ShapeError: the context has the wrong shape.

    Source:
        [jiang2018rin]

    Example:
        >>> import torch
        >>> ReformulationInferencer(8, 16, 3)(torch.ones(2, 8)).shape
        torch.Size([2, 3])
    """

    def __init__(self, context_size: int, hidden_size: int, vector_size: int):
        super().__init__()
        for name, size in (("context_size", context_size), ("hidden_size", hidden_size)):
            expect_size("ReformulationInferencer", name, size)
        expect_size("ReformulationInferencer", "vector_size", vector_size)
        self.context_size = context_size
        self.first = nn.Linear(context_size, hidden_size)
        self.second = nn.Linear(hidden_size, vector_size)

    def forward(self, context: Float[Tensor, "B C"]) -> Float[Tensor, "B D"]:
        why = f"context_size={self.context_size}"
        expect("ReformulationInferencer", "context", context, ("B", self.context_size), why)
        return self.second(self.first(context).relu())


def reformulation_loss(predicted: Float[Tensor, "B D"], target: Float[Tensor, "B D"]) -> Float[Tensor, ""]:
    r"""Half the squared distance between the predicted and the true reformulation, mean over the batch.

    .. math:: L_R = \tfrac12 \lVert r_T - \hat r_T \rVert^2

    Shape:
        both ``[B, D]``; one number.

    Args:
        predicted: from a :class:`ReformulationInferencer`.
        target: the true change. Keep the word vectors fixed: could they learn, all zero would be perfect.

    Returns:
        The loss.

    Raises:
        ShapeError: the shapes differ.

    Source:
        [jiang2018rin]

    Differs:
        The paper writes a Frobenius norm. For a vector that is the ordinary length.

    Example:
        >>> import torch
        >>> reformulation_loss(torch.tensor([[3.0, 4.0]]), torch.zeros(1, 2)).item()
        12.5
    """
    expect("reformulation_loss", "target", target, tuple(predicted.shape), "as predicted")
    return (predicted - target).square().sum(-1).mean() / 2
