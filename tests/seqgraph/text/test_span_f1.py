"""Precision, recall and F1 of spans, against numbers by hand and scikit-learn."""

import pytest
import torch
from sklearn.metrics import precision_recall_fscore_support

from seqgraph.text import bmes_to_spans, span_f1
from tests.checks.numbers import TIGHT, generator


def test_by_hand():
    # Right: 3 + 1 spans. Predicted: 2 + 2. In both: (0, 2) of the first sentence.
    result = span_f1([[(0, 2), (2, 5)], [(0, 1), (1, 2)]], [[(0, 2), (2, 4), (4, 5)], [(0, 2)]])
    assert result.precision == pytest.approx(1 / 4, abs=TIGHT)
    assert result.recall == pytest.approx(1 / 4, abs=TIGHT)
    assert result.f1 == pytest.approx(1 / 4, abs=TIGHT)


def test_a_span_of_another_sentence_does_not_count():
    assert span_f1([[(0, 1)], []], [[], [(0, 1)]]) == (0.0, 0.0, 0.0)


def test_labels_count():
    assert span_f1([[(0, 1, "year")]], [[(0, 1, "revenue")]]).f1 == 0
    assert span_f1([[(0, 1, "year")]], [[(0, 1, "year")]]).f1 == 1


def test_nothing():
    assert span_f1([], []) == (1.0, 1.0, 1.0)
    assert span_f1([[]], [[(0, 1)]]) == (0.0, 0.0, 0.0)
    assert span_f1([[(0, 1)]], [[]]) == (0.0, 0.0, 0.0)


def test_against_scikit_learn():
    random = generator(0)
    tags = ["".join("BMES"[i] for i in torch.randint(4, (9,), generator=random).tolist()) for _ in range(40)]
    predicted, right = [bmes_to_spans(t) for t in tags[:20]], [bmes_to_spans(t) for t in tags[20:]]
    places = [(n, a, b) for n in range(20) for a in range(9) for b in range(a + 1, 10)]
    said = [(a, b) in predicted[n] for n, a, b in places]
    true = [(a, b) in right[n] for n, a, b in places]
    expected = precision_recall_fscore_support(true, said, average="binary")[:3]
    assert span_f1(iter(predicted), iter(right)) == pytest.approx(expected, abs=1e-12)
    assert 0 < expected[2] < 1


def test_refusals():
    with pytest.raises(ValueError, match="span_f1: expected 2 sentences like right, got 1"):
        span_f1([[]], [[], []])
    with pytest.raises(ValueError, match="span_f1: each span may stand once in a sentence, got"):
        span_f1([[(0, 1), (0, 1)]], [[]])
