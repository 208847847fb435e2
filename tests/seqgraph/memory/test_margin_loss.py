"""The margin loss against two loops, at its ends, and by hand."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.memory import margin_loss
from tests.checks.numbers import TIGHT, random


@pytest.mark.parametrize("margin", [0.1, 1.0])
def test_it_is_the_sum_written_with_loops(margin):
    scores, right = random(4, 6), torch.tensor([0, 3, 5, 3])
    total = 0.0
    for row, y in zip(scores.tolist(), right.tolist(), strict=True):
        total += sum(max(0.0, margin - row[y] + s) for i, s in enumerate(row) if i != y)
    assert abs(margin_loss(scores, right, margin).item() - total / 4) <= TIGHT


def test_by_hand():
    """Leads of 0.05, 0.8 and -0.2 over three wrong ones: 0.05 + 0 + 0.3."""
    scores = torch.tensor([[0.95, 1.0, 0.2, 1.2]], dtype=torch.float64)
    assert abs(margin_loss(scores, torch.tensor([1])).item() - 0.35) <= TIGHT


def test_a_full_lead_costs_nothing_and_moves_nothing():
    scores = torch.tensor([[1.0, 0.0, torch.finfo(torch.float32).min]], requires_grad=True)
    loss = margin_loss(scores, torch.tensor([0]))
    loss.backward()
    assert loss.item() == 0
    assert bool((scores.grad == 0).all())


def test_gradients():
    scores = random(3, 4).requires_grad_()
    assert torch.autograd.gradcheck(lambda s: margin_loss(s, torch.tensor([1, 0, 3]), 0.7), scores)


@pytest.mark.errors
@pytest.mark.parametrize(
    ("parts", "error", "text"),
    [
        ((random(4), torch.tensor([0])), ShapeError, r"scores must have shape \[B, C\]"),
        ((random(2, 3), torch.tensor([0])), ShapeError, r"right must have shape \[2\]"),
        ((random(2, 3), torch.tensor([0, 3])), ValueError, r"right must lie in 0\.\.2, got 0\.\.3"),
        ((random(2, 3), torch.tensor([0, 1]), 0.0), ValueError, "margin must be a finite number above 0"),
    ],
)
def test_bad_input_is_refused(parts, error, text):
    with pytest.raises(error, match=f"margin_loss: {text}"):
        margin_loss(*parts)
