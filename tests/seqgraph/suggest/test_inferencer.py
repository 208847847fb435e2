"""The inferencer is two layers; its loss is half a squared length."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.suggest import ReformulationInferencer, reformulation_loss
from tests.checks.numbers import TIGHT, random


def test_two_layers_by_hand():
    model, c = ReformulationInferencer(6, 5, 3).double(), random(4, 6)
    hidden = (c @ model.first.weight.T + model.first.bias).clamp(min=0)
    expected = hidden @ model.second.weight.T + model.second.bias
    assert (model(c) - expected).abs().max() < TIGHT


def test_loss_is_half_the_squared_length():
    predicted, target = random(4, 3), random(4, 3, seed=1)
    slow = sum((a - b).norm().item() ** 2 / 2 for a, b in zip(predicted, target, strict=True)) / 4
    assert abs(reformulation_loss(predicted, target).item() - slow) < TIGHT


def test_the_gradient_is_the_difference():
    predicted, target = random(1, 3).requires_grad_(), random(1, 3, seed=1)
    reformulation_loss(predicted, target).backward()
    assert (predicted.grad - (predicted - target)).abs().max() < TIGHT
    assert torch.autograd.gradcheck(ReformulationInferencer(3, 4, 2).double(), random(2, 3).requires_grad_())


@pytest.mark.errors
def test_refusals():
    with pytest.raises(
        ShapeError, match=r"context must have shape \[B, 6\] \(context_size=6\), got \[4, 5\]"
    ):
        ReformulationInferencer(6, 5, 3)(torch.zeros(4, 5))
    with pytest.raises(ShapeError, match=r"reformulation_loss: target must have shape \[4, 3\]"):
        reformulation_loss(torch.zeros(4, 3), torch.zeros(4, 1))
    for sizes, name in (((0, 5, 3), "context_size"), ((6, 0, 3), "hidden_size"), ((6, 5, 0), "vector_size")):
        with pytest.raises(ValueError, match=f"ReformulationInferencer: {name} must be a whole number"):
            ReformulationInferencer(*sizes)
