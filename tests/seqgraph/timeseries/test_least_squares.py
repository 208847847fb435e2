"""Least squares: known weights, the normal equations, dependent features and what is refused."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.timeseries import least_squares
from tests.checks.numbers import TIGHT, random


def test_exact_weights_come_out_again():
    a, w = random(20, 3), torch.tensor([1.0, -2.0, 0.5], dtype=torch.float64)
    layer = least_squares(a, a @ w + 4)
    assert (layer.weight[0] - w).abs().max() < TIGHT
    assert abs(layer.bias.item() - 4) < TIGHT


def test_the_rest_is_orthogonal_to_every_feature():
    a, y = random(50, 4), random(50, seed=9)
    rest = y - least_squares(a, y)(a)[:, 0]
    assert (a.T @ rest).abs().max() < 1e-11
    assert rest.sum().abs() < 1e-11


def test_dependent_features_give_the_shortest_weights():
    a = random(30, 1)
    layer = least_squares(torch.cat([a, a], dim=1), 3 * a[:, 0])
    assert (layer.weight - 1.5).abs().max() < TIGHT


def test_the_dtype_is_kept():
    assert least_squares(torch.rand(9, 2), torch.rand(9)).weight.dtype == torch.float32


@pytest.mark.errors
def test_wrong_arguments_are_refused():
    with pytest.raises(ShapeError, match=r"least_squares: features must have shape \[N, D\], got \[4\]"):
        least_squares(torch.zeros(4), torch.zeros(4))
    with pytest.raises(ShapeError, match=r"target must have shape \[4\] \(4 rows of features\), got \[3\]"):
        least_squares(torch.zeros(4, 2), torch.zeros(3))
    with pytest.raises(ValueError, match=r"least_squares: 3 unknowns need at least 3 rows, got 2"):
        least_squares(torch.zeros(2, 2), torch.zeros(2))
    with pytest.raises(ValueError, match=r"target must be finite, got 2 values that are NaN or infinite"):
        least_squares(torch.rand(4, 1), torch.tensor([float("nan"), 1.0, float("inf"), 2.0]))
    with pytest.raises(ValueError, match=r"features must be finite, got 1 values"):
        least_squares(torch.tensor([[0.0], [float("nan")]]), torch.zeros(2))
