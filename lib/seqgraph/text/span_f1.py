"""How well two lists of spans agree."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class SpanF1(NamedTuple):
    """How well predicted spans agree with the right ones."""

    precision: float
    """Share of the predicted spans that are right."""
    recall: float
    """Share of the right spans that were predicted."""
    f1: float
    """Harmonic mean of the two."""


def span_f1(
    predicted: Iterable[Sequence[tuple]], right: Iterable[Sequence[tuple]]
) -> SpanF1:
    r"""Compare predicted spans with the right ones, over all sentences together.

    .. math:: P = \frac{n}{n_\text{predicted}}, \qquad R = \frac{n}{n_\text{right}},
              \qquad F_1 = \frac{2 P R}{P + R}

    n counts the spans that stand in both lists of a sentence, with both borders and the label right. A
    share of nothing is 0; if both lists are empty all three are 1.

    Args:
        predicted: for each sentence its spans, (start, end) or (start, end, label).
        right: the same for the right answers, in the same order.

    Raises:
        ValueError: the numbers of sentences differ, or a sentence holds a span twice.

    Example:
        >>> span_f1([[(0, 2), (2, 3)]], [[(0, 2), (2, 4)]])
        SpanF1(precision=0.5, recall=0.5, f1=0.5)
    """
    predicted = [list(spans) for spans in predicted]
    right = [list(spans) for spans in right]
    if len(predicted) != len(right):
        raise ValueError(
            f"span_f1: expected {len(right)} sentences like right, got {len(predicted)}."
        )
    for spans in predicted + right:
        if len(set(spans)) < len(spans):
            raise ValueError(
                f"span_f1: each span may stand once in a sentence, got {spans}."
            )
    n = sum(len(set(p) & set(r)) for p, r in zip(predicted, right, strict=True))
    n_predicted, n_right = sum(map(len, predicted)), sum(map(len, right))
    if n_predicted == n_right == 0:
        return SpanF1(1.0, 1.0, 1.0)
    return SpanF1(
        n / max(n_predicted, 1), n / max(n_right, 1), 2 * n / (n_predicted + n_right)
    )
