"""An address made narrow again."""

from jaxtyping import Float
from torch import Tensor

from seqgraph.memory.inputs import expect_parts, expect_range

EPSILON = 1e-8


def sharpen(
    weights: Float[Tensor, "B M"], power: Float[Tensor, " B"]
) -> Float[Tensor, "B M"]:
    r"""Make an address narrower: large weights grow and small ones shrink; the sum is 1.

    .. math:: w_i = \frac{\tilde w_i^\gamma}{\sum_j \tilde w_j^\gamma}

    gamma is the power. All weights are first divided by the largest, which changes nothing but keeps the sum
    at 1 or more, where small weights to a large power would all be rounded to 0. Weights that are all 0 stay
    so, since no sum below 1e-8 is divided by.

    Args:
        weights: w with a tilde, ``[B, M]``, at least 0.
        power: gamma, ``[B]``, at least 1: below, addresses would blur, and a weight of 0 have an infinite
            gradient.

    Source:
        [graves2014ntm], equation 9

    Example:
        >>> import torch
        >>> weights = torch.tensor([[0.75, 0.25]])
        >>> [round(w, 4) for w in sharpen(weights, torch.tensor([2.0]))[0].tolist()]
        [0.9, 0.1]
    """
    expect_parts("sharpen", "weights", weights, ("B", "M"), power=(power, ("B",)))
    expect_range("sharpen", "weights", weights, least=0)
    expect_range("sharpen", "power", power, least=1)
    largest = weights.detach().amax(-1, keepdim=True).clamp(min=EPSILON)
    raised = (weights / largest) ** power[:, None]
    return raised / raised.sum(-1, keepdim=True).clamp(min=EPSILON)
