"""Predictions."""

import pytest
import torch

from seqgraph.train import predict
from tests.checks.numbers import same_bits


def test_dropout_is_off_and_the_mode_is_restored():
    model = torch.nn.Sequential(torch.nn.Linear(2, 50), torch.nn.Dropout(0.9)).train()
    x = torch.ones(3, 2)
    assert same_bits(predict(model, x), predict(model, x))
    assert model.training
    assert not predict(model, x).requires_grad


@pytest.mark.errors
def test_a_model_without_parameters_is_refused():
    with pytest.raises(ValueError, match="must have parameters, got Identity"):
        predict(torch.nn.Identity(), torch.ones(1))


@pytest.mark.errors
def test_the_mode_is_restored_after_an_error():
    model = torch.nn.Linear(2, 1).train()
    with pytest.raises(RuntimeError):
        predict(model, torch.ones(1, 5))
    assert model.training
