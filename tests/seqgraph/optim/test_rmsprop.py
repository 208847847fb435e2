"""RMSProp against NumPy, and how it differs from torch's."""

import numpy as np
import pytest
import torch
from torch import nn

from seqgraph.optim import RMSProp
from tests.checks.numbers import TIGHT, random

STEPS = 20


def run(optimizer, theta, scale=1.0):
    for number in range(STEPS):
        theta.grad = scale * random(3, 4, seed=10 + number)
        optimizer.step()
    return theta.detach().numpy()


def equation(lr, rho, delta, scale=1.0):
    theta, r = random(3, 4).numpy(), np.zeros((3, 4))
    for number in range(STEPS):
        g = scale * random(3, 4, seed=10 + number).numpy()
        r = rho * r + (1 - rho) * g**2
        theta = theta - lr * g / np.sqrt(delta + r)
    return theta


@pytest.mark.parametrize("hyperparameters", [{}, {"rho": 0.5, "delta": 0.3}, {"rho": 0.0}])
def test_it_is_the_equation_written_in_numpy(hyperparameters):
    theta = nn.Parameter(random(3, 4))
    result = run(RMSProp([theta], lr=0.05, **hyperparameters), theta)
    expected = equation(0.05, **{"rho": 0.9, "delta": 1e-6, **hyperparameters})
    assert np.abs(result - expected).max() <= TIGHT


def test_torchs_is_another_equation_where_gradients_are_small():
    """Epsilon outside the root: with gradients of 1e-5 the steps differ by a factor, not by rounding."""
    ours, theirs = (nn.Parameter(random(3, 4)) for _ in range(2))
    inside = run(RMSProp([ours], lr=0.05), ours, scale=1e-5)
    outside = run(torch.optim.RMSprop([theirs], lr=0.05, alpha=0.9, eps=1e-6), theirs, scale=1e-5)
    assert np.abs(inside - equation(0.05, 0.9, 1e-6, scale=1e-5)).max() <= TIGHT
    moved = [np.abs(values - random(3, 4).numpy()).mean() for values in (inside, outside)]
    assert moved[1] > 50 * moved[0]


def test_without_its_small_number_it_is_torchs():
    ours, theirs = (nn.Parameter(random(3, 4)) for _ in range(2))
    inside = run(RMSProp([ours], lr=0.05, delta=1e-300), ours)
    outside = run(torch.optim.RMSprop([theirs], lr=0.05, alpha=0.9, eps=0.0), theirs)
    assert np.abs(inside - outside).max() <= TIGHT


def test_it_forgets_old_gradients():
    theta = nn.Parameter(torch.zeros(1, dtype=torch.float64))
    optimizer = RMSProp([theta], lr=1.0, rho=0.5, delta=1e-300)
    for g in [1e6] + [1.0] * 60:
        before = theta.item()
        theta.grad = torch.full_like(theta, g)
        optimizer.step()
    assert abs(before - theta.item() - 1) <= 1e-6  # r is back at 1


@pytest.mark.errors
@pytest.mark.parametrize("rho", [1, 1.0, -0.1, float("nan"), True, "0.9", None])
def test_a_wrong_rho_is_refused(rho):
    with pytest.raises(ValueError, match=r"RMSProp: rho must be a number in \[0, 1\), got"):
        RMSProp([nn.Parameter(torch.zeros(1))], lr=0.1, rho=rho)
