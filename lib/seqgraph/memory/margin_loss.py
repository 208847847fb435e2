"""The right one must win by a margin."""

from jaxtyping import Float, Int
from torch import Tensor

from seqgraph.core.expect import expect, expect_indices, expect_number


def margin_loss(
    scores: Float[Tensor, "B C"], right: Int[Tensor, " B"], margin: float = 0.1
) -> Float[Tensor, ""]:
    r"""How far all wrong choices together come too near to the right one, a mean over the batch.

    .. math:: L = \frac{1}{B} \sum_b \sum_{i \ne y_b} \max(0,\, \gamma - s_{b y_b} + s_{bi})

    Args:
        scores: s, of all choices, ``[B, C]``.
        right: y, the right choice of each row.
        margin: gamma, the lead from which on a choice costs nothing, above 0.

    Source:
        [weston2014memory], section 3.1, for sentences and for words alike

    Example:
        >>> import torch
        >>> margin_loss(torch.tensor([[1.0, 0.5, 2.0]]), torch.tensor([0]), margin=1.0)  # 0.5 + 2
        tensor(2.5000)
    """
    expect("margin_loss", "scores", scores, ("B", "C"))
    expect("margin_loss", "right", right, (len(scores),), "B as the scores")
    expect_indices("margin_loss", "right", right, scores.shape[1])
    expect_number("margin_loss", "margin", margin, above=0)
    right = right.long()[:, None]
    short = (margin - scores.gather(1, right) + scores).clamp_min(0)
    return short.scatter(1, right, 0.0).sum() / len(scores)
