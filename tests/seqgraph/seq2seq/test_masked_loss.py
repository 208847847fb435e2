"""Cross entropy over symbols only."""

from math import exp, log

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.seq2seq import masked_cross_entropy
from tests.checks.numbers import TIGHT, random

TARGET = torch.tensor([[4, 2, 0], [1, 3, 2]])


def by_loops(scores, target):
    parts = []
    for row, wanted in zip(scores.tolist(), target.tolist(), strict=True):
        for place, symbol in zip(row, wanted, strict=True):
            if symbol:
                parts.append(log(sum(exp(score) for score in place)) - place[symbol])
    return sum(parts) / len(parts)


def test_it_is_the_mean_over_the_symbols():
    scores = random(2, 3, 5)
    assert abs(masked_cross_entropy(scores, TARGET).item() - by_loops(scores, TARGET)) <= TIGHT


def test_more_padding_changes_nothing():
    scores = random(2, 3, 5)
    longer = torch.cat([scores, 10 * random(2, 4, 5, seed=1)], dim=1)
    padded = torch.cat([TARGET, torch.zeros(2, 4, dtype=torch.int64)], dim=1)
    assert abs(masked_cross_entropy(longer, padded) - masked_cross_entropy(scores, TARGET)) <= TIGHT


def test_padding_gets_no_gradient_and_the_rest_does():
    scores = random(2, 3, 5).requires_grad_()
    masked_cross_entropy(scores, TARGET).backward()
    assert bool((scores.grad[0, 2] == 0).all())
    assert scores.grad[TARGET != 0].abs().max() > 0
    assert torch.autograd.gradcheck(lambda a: masked_cross_entropy(a, TARGET, 0.1), scores)


def test_smoothing_mixes_in_the_mean_over_all_symbols():
    scores = random(2, 3, 5)
    logs = scores.log_softmax(-1)[TARGET != 0]
    plain, flat = masked_cross_entropy(scores, TARGET), -logs.mean(-1).mean()
    assert abs(masked_cross_entropy(scores, TARGET, 0.1) - (0.9 * plain + 0.1 * flat)) <= TIGHT


@pytest.mark.errors
def test_wrong_input_is_refused():
    with pytest.raises(ShapeError, match=r"target must have shape \[2, 3\] \(as the scores\), got \[2, 2\]"):
        masked_cross_entropy(random(2, 3, 5), TARGET[:, :2])
    with pytest.raises(ShapeError, match=r"scores must have shape \[B, T, V\]"):
        masked_cross_entropy(random(2, 3), TARGET)
    with pytest.raises(ValueError, match="got padding only"):
        masked_cross_entropy(random(2, 3, 5), torch.zeros(2, 3, dtype=torch.int64))
