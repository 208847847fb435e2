"""How good are ranked and how good are written suggestions?"""

from collections import Counter
from collections.abc import Sequence

from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect


def mean_reciprocal_rank(scores: Float[Tensor, "B C"]) -> float:
    r"""Mean reciprocal rank of the right candidate, which stands first in each row.

    .. math:: \text{MRR} = \frac1B \sum_{b=1}^{B} \mathbb{E}\Big[\frac{1}{\text{rank}_b}\Big]

    Args:
        scores: column 0 belongs to the right candidate; higher is better.

    Returns:
        From 1/C to 1. The expectation is over the order of equal scores: all equal, it is that of guessing.

    Raises:
        ValueError: a score is NaN.

    Example:
        >>> import torch
        >>> mean_reciprocal_rank(torch.tensor([[0.9, 0.1, 0.5], [0.2, 0.3, 0.1]]))
        0.75
    """
    expect("mean_reciprocal_rank", "scores", scores, ("B", "C"))
    if bool(scores.isnan().any()):
        raise ValueError("mean_reciprocal_rank: scores must be numbers, got NaN.")
    right, wrong = scores[:, :1], scores[:, 1:]
    above, equal = (wrong > right).sum(1).tolist(), (wrong == right).sum(1).tolist()
    return sum(map(_expected, above, equal)) / len(above)


def _expected(above: int, equal: int) -> float:
    return sum(1 / (above + place) for place in range(1, equal + 2)) / (equal + 1)


def position_independent_error_rate(
    written: Sequence[Sequence[str]], wanted: Sequence[Sequence[str]]
) -> float:
    r"""Position-independent word error rate (PER) of written queries; definitions differ between texts.

    .. math:: \text{PER} = \frac{\sum_k \big(\max(m_k, n_k) - c_k\big)}{\sum_k n_k}

    Args:
        written, wanted: as many queries in one order, the k-th of m_k and of n_k words, c_k of them common.

    Returns:
        0 if all words are right. It may exceed 1: superfluous words count as errors.

    Raises:
        ValueError: not as many written as wanted queries, or no wanted word at all.

    Example:
        >>> position_independent_error_rate([["cheap", "hotel"]], [["hotel", "tokyo"]])
        0.5
    """
    if len(written) != len(wanted):
        raise ValueError(
            f"position_independent_error_rate: written must hold {len(wanted)} queries, got {len(written)}."
        )
    words = sum(len(query) for query in wanted)
    if words == 0:
        raise ValueError(
            "position_independent_error_rate: wanted must hold at least one word, got none."
        )
    return sum(map(_errors, written, wanted)) / words


def _errors(written: Sequence[str], wanted: Sequence[str]) -> int:
    common = (Counter(written) & Counter(wanted)).total()
    return max(len(written), len(wanted)) - common
