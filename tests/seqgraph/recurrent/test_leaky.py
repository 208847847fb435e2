"""Leaky units: closed form, element by element, limits, and what mu may be."""

import math

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.recurrent import HiddenState, Leaky, LSTMCell, LSTMState, Recurrent, SRNCell
from tests.checks.by_element import add, filled, largest_gap, product, sigmoid, weights
from tests.checks.numbers import TIGHT, gap, random, same_bits


def test_impulse_response_is_mu_to_the_n():
    """A silent cell: after n steps mu^n of the first state is left."""
    cell = SRNCell(1, 1).double()
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.zero_()
    start = HiddenState(torch.ones(1, 1, dtype=torch.float64))
    outputs, _ = Recurrent(Leaky(cell, 0.9))(torch.zeros(1, 60, 1, dtype=torch.float64), start)
    expected = torch.tensor([0.9**n for n in range(1, 61)], dtype=torch.float64)
    assert gap(outputs[0, :, 0], expected) <= TIGHT


def test_step_response_of_one_input():
    """One input at step 1 and U = 0: h_n = (1 - mu) tanh(w) mu^(n-1)."""
    cell = SRNCell(1, 1, bias=False).double()
    with torch.no_grad():
        cell.W.weight.fill_(0.8)
        cell.U.weight.zero_()
    x = torch.zeros(1, 20, 1, dtype=torch.float64)
    x[0, 0] = 1
    outputs, _ = Recurrent(Leaky(cell, 0.6))(x)
    expected = torch.tensor([0.4 * math.tanh(0.8) * 0.6**n for n in range(20)], dtype=torch.float64)
    assert gap(outputs[0, :, 0], expected) <= TIGHT


@pytest.mark.parametrize("learnable", [False, True])
def test_equals_the_equation_element_by_element(learnable):
    inner = filled(SRNCell(3, 4))
    cell = Leaky(inner, torch.tensor([0.1, 0.5, 0.7, 0.95], dtype=torch.float64), learnable)
    W, U, b = weights(inner)
    mu = [0.1, 0.5, 0.7, 0.95]

    def step(x, h):
        new = [math.tanh(a) for a in add(product(W, x), product(U, h), b)]
        return ([mu[k] * h[k] + (1 - mu[k]) * new[k] for k in range(4)],)

    assert largest_gap(cell, step, parts=1) <= TIGHT


def test_in_an_lstm_only_h_leaks():
    inner = filled(LSTMCell(3, 4))
    x, state = random(2, 3), LSTMState(random(2, 4, seed=1), random(2, 4, seed=2))
    plain, (_, c) = inner(x, state)
    output, leaked = Leaky(inner, 0.25)(x, state)
    assert gap(output, 0.25 * state.h + 0.75 * plain) <= TIGHT
    assert gap(leaked, LSTMState(output, c)) <= TIGHT


def test_mu_zero_is_the_cell():
    inner, x = filled(LSTMCell(3, 4)), random(2, 6, 3)
    assert gap(Recurrent(Leaky(inner, 0.0))(x), Recurrent(inner)(x)) <= TIGHT


def test_mu_is_exact_in_the_dtype_of_the_cell():
    assert same_bits(Leaky(SRNCell(1, 2).double(), 0.9).mu, torch.tensor(0.9, dtype=torch.float64))
    learnable = Leaky(SRNCell(1, 2).double(), 0.9, learnable=True)
    assert learnable.mu.tolist() == pytest.approx([0.9, 0.9], abs=TIGHT)
    assert "mu_logit" in dict(learnable.named_parameters())


def test_mu_is_copied():
    mu = torch.full((2,), 0.5)
    cell = Leaky(SRNCell(1, 2), mu)
    mu.fill_(7)
    assert cell.mu.tolist() == [0.5, 0.5]


def test_learning_finds_mu():
    """A leaky unit whose output must be 0.8^n learns mu = 0.8."""
    cell = SRNCell(1, 1).double()
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.zero_()
    leaky = Leaky(cell, 0.5, learnable=True)
    x, start = torch.zeros(1, 8, 1, dtype=torch.float64), HiddenState(torch.ones(1, 1, dtype=torch.float64))
    target = torch.tensor([0.8**n for n in range(1, 9)], dtype=torch.float64)
    for _ in range(100):
        loss = (Recurrent(leaky)(x, start)[0][0, :, 0] - target).square().mean()
        with torch.no_grad():
            leaky.mu_logit -= 10 * torch.autograd.grad(loss, leaky.mu_logit)[0]
    assert leaky.mu.item() == pytest.approx(0.8, abs=0.01)
    assert leaky.mu.item() == pytest.approx(sigmoid(leaky.mu_logit.item()), abs=TIGHT)


@pytest.mark.errors
@pytest.mark.parametrize(
    "mu",
    [1, 1.0, -0.1, 2, float("nan"), float("inf"), torch.tensor([0.5, 1.5]), torch.tensor([0.5, torch.nan])],
)
def test_mu_out_of_range(mu):
    with pytest.raises(ValueError, match=r"Leaky\(SRNCell\): mu must be in \[0, 1\), got"):
        Leaky(SRNCell(1, 2), mu)


@pytest.mark.errors
@pytest.mark.parametrize("mu", [0, 1])
def test_learnable_mu_out_of_range(mu):
    with pytest.raises(ValueError, match=rf"mu must be in \(0, 1\) to be learned, got {mu}"):
        Leaky(SRNCell(1, 2), mu, learnable=True)


@pytest.mark.errors
@pytest.mark.parametrize("mu", [True, False, "0.5", None, [0.5, 0.5], torch.tensor([False, False])])
def test_mu_is_no_number(mu):
    with pytest.raises(ValueError, match=r"Leaky\(SRNCell\): mu must be numbers in \[0, 1\), got"):
        Leaky(SRNCell(1, 2), mu)


@pytest.mark.errors
def test_mu_of_another_shape():
    with pytest.raises(ShapeError, match=r"mu must be a number or \[2\], got \[3\]"):
        Leaky(SRNCell(1, 2), torch.full((3,), 0.5))
