"""AdaGrad against torch's and against NumPy."""

import numpy as np
import torch
from torch import nn

from seqgraph.optim import AdaGrad
from tests.checks.numbers import TIGHT, random

STEPS = 20


def gradients(shape=(3, 4)):
    return [random(*shape, seed=10 + number) for number in range(STEPS)]


def test_it_is_torchs_with_the_same_delta():
    ours, theirs = (nn.Parameter(random(3, 4)) for _ in range(2))
    optimizers = AdaGrad([ours], lr=0.3), torch.optim.Adagrad([theirs], lr=0.3, eps=1e-7)
    for g in gradients():
        for theta, optimizer in zip((ours, theirs), optimizers, strict=True):
            theta.grad = g.clone()
            optimizer.step()
        assert (ours - theirs).abs().max() <= TIGHT


def test_it_is_the_equation_written_in_numpy():
    theta = nn.Parameter(random(3, 4))
    optimizer = AdaGrad([theta], lr=0.3, delta=0.01)
    expected, r = theta.detach().numpy().copy(), np.zeros((3, 4))
    for g in gradients():
        theta.grad = g.clone()
        optimizer.step()
        r = r + g.numpy() ** 2
        expected = expected - 0.3 * g.numpy() / (0.01 + np.sqrt(r))
        assert np.abs(theta.detach().numpy() - expected).max() <= TIGHT


def test_its_steps_fall_like_one_over_the_root_of_their_number():
    theta = nn.Parameter(torch.zeros(1, dtype=torch.float64))
    optimizer = AdaGrad([theta], lr=1.0, delta=1e-300)
    for number in range(1, 6):
        before = theta.item()
        theta.grad = torch.full_like(theta, 7.0)
        optimizer.step()
        assert abs(before - theta.item() - number**-0.5) <= TIGHT


def test_it_levels_an_ill_conditioned_bowl():
    curvature = torch.tensor([1000.0, 1.0], dtype=torch.float64)
    theta = nn.Parameter(torch.ones(2, dtype=torch.float64))
    optimizer = AdaGrad([theta], lr=0.5)
    for _ in range(100):
        optimizer.zero_grad()
        (0.5 * curvature * theta**2).sum().backward()
        optimizer.step()
    assert theta.abs().max() < 1e-3
    assert (theta[0] - theta[1]).abs() < 1e-6  # both directions went at one speed
