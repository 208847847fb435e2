"""How good are ranked and how good are written suggestions?"""

from collections import Counter
from collections.abc import Sequence

from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect


def mean_reciprocal_rank(scores: Float[Tensor, "B C"]) -> float:
    r"""Mean reciprocal rank of the right candidate, which stands first in each row.

    .. math:: \text{MRR} = \frac1B \sum_{b=1}^{B} \mathbb{E}\Big[\frac{1}{\text{rank}_b}\Big]

    Where:
        rank is 1 plus the number of wrong candidates with a higher score. Candidates with exactly the same
        score are put in order by chance, and the expectation is over this chance: with a candidates above
        and e equal ones it is the mean of 1/(a+1), ..., 1/(a+e+1).

    Shape:
        scores ``[B, C]``.

    Args:
        scores: column 0 belongs to the right candidate; higher is better.

    Returns:
        A number from 1/C to 1. Equal scores everywhere give (1 + 1/2 + ... + 1/C) / C: that of guessing.

    Raises:
        ShapeError: scores is no matrix, or is empty.
        ValueError: a score is NaN.

    Differs:
        Many programs put the right one first among equals. Then a model that gives all the same score has 1.

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
    r"""Position-independent word error rate (PER) of written queries.

    .. math:: \text{PER} = \frac{\sum_k \big(\max(m_k, n_k) - c_k\big)}{\sum_k n_k}

    Where:
        for pair k, n_k is the number of wanted words, m_k of written words, and c_k of words that both have,
        each counted as often as both have it. The numerator is the least number of words to replace, insert
        or delete, where the order does not matter.

    Args:
        written: queries, each a sequence of words; it may be empty.
        wanted: as many queries, in the same order.

    Returns:
        0 if all words are right. It may exceed 1: superfluous words count as errors.

    Raises:
        ValueError: not as many written as wanted queries, or no wanted word at all.

    Differs:
        Some texts divide for each pair and take the mean over pairs; some count superfluous words
        only half.

    Example:
        >>> position_independent_error_rate([["hotel", "tokyo"]], [["tokyo", "hotel"]])
        0.0
        >>> position_independent_error_rate([["cheap", "hotel"]], [["tokyo", "hotel"]])
        0.5
    """
    if len(written) != len(wanted):
        raise ValueError(
            f"position_independent_error_rate: written must hold {len(wanted)} queries, got {len(written)}."
        )
    words = sum(len(query) for query in wanted)
    if words == 0:
        raise ValueError("position_independent_error_rate: wanted must hold at least one word, got none.")
    return sum(map(_errors, written, wanted)) / words


def _errors(written: Sequence[str], wanted: Sequence[str]) -> int:
    common = (Counter(written) & Counter(wanted)).total()
    return max(len(written), len(wanted)) - common
