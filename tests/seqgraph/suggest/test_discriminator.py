"""The discriminator scores each candidate on its own; its loss is the cross entropy written out."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.suggest import QueryDiscriminator, discriminator_loss
from tests.checks.numbers import TIGHT, random


def test_one_candidate_at_a_time():
    model, v, c = QueryDiscriminator(3, 6, 5).double(), random(2, 4, 3), random(2, 6)
    scores = model(v, c)
    for b in range(2):
        for k in range(4):
            x = torch.cat([v[b, k], c[b]])
            hidden = (model.first.weight @ x + model.first.bias).clamp(min=0)
            expected = model.second.weight[0] @ hidden + model.second.bias[0]
            assert abs((scores[b, k] - expected).item()) < TIGHT


def test_the_order_of_candidates_does_not_matter():
    model, v, c = QueryDiscriminator(3, 6, 5).double(), random(2, 4, 3), random(2, 6)
    order = torch.tensor([2, 0, 3, 1])
    assert (model(v, c)[:, order] - model(v[:, order], c)).abs().max() < TIGHT


def test_loss_written_out():
    scores = random(3, 4)
    probability = scores.sigmoid()
    right = -probability[:, 0].log().sum()
    wrong = -(1 - probability[:, 1:]).log().sum()
    assert abs((discriminator_loss(scores) - (right + wrong) / 12).item()) < TIGHT
    assert torch.autograd.gradcheck(discriminator_loss, scores.requires_grad_())


@pytest.mark.errors
def test_refusals():
    model = QueryDiscriminator(3, 6, 5)
    with pytest.raises(ShapeError, match=r"candidates must have shape \[B, C, 3\] \(vector_size=3\)"):
        model(torch.zeros(2, 4, 2), torch.zeros(2, 6))
    with pytest.raises(
        ShapeError, match=r"context must have shape \[2, 6\] .*context_size=6\), got \[1, 6\]"
    ):
        model(torch.zeros(2, 4, 3), torch.zeros(1, 6))
    with pytest.raises(ShapeError, match=r"discriminator_loss: scores must have shape \[B, C\], got \[4\]"):
        discriminator_loss(torch.zeros(4))
    for sizes, name in (((0, 6, 5), "vector_size"), ((3, 0, 5), "context_size"), ((3, 6, 0), "hidden_size")):
        with pytest.raises(ValueError, match=f"QueryDiscriminator: {name} must be a whole number"):
            QueryDiscriminator(*sizes)
