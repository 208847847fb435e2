"""Skip connections in time: element by element, limits, and errors."""

import math

import pytest
import torch

from seqgraph.recurrent import HiddenState, LSTMCell, Recurrent, Skip, SkipState, SRNCell
from tests.checks.by_element import add, filled, product, sigmoid, weights
from tests.checks.numbers import TIGHT, gap, random


def written_out(inner: SRNCell, x: list, span: int) -> list:
    """All outputs of a skipping SRN for one sequence, with the whole past kept in a list."""
    W, U, b = weights(inner)
    past = [[0.0] * 4] * span
    for x_t in x:
        h = [(past[-1][k] + past[-span][k]) / 2 for k in range(4)]
        past.append([math.tanh(a) for a in add(product(W, x_t), product(U, h), b)])
    return past[span:]


@pytest.mark.parametrize("span", [1, 2, 3, 7])
def test_equals_the_equation_element_by_element(span):
    inner, x = filled(SRNCell(3, 4)), random(2, 9, 3)
    outputs, _ = Recurrent(Skip(inner, span))(x)
    expected = torch.tensor([written_out(inner, one.tolist(), span) for one in x], dtype=torch.float64)
    assert gap(outputs, expected) <= TIGHT


def test_the_whole_state_of_an_lstm_skips():
    """With all weights zero and f = i = 1/2, g = 0 the cell is c_t = (c_(t-1) + c_(t-d)) / 4."""
    inner = LSTMCell(1, 1).double()
    with torch.no_grad():
        for parameter in inner.parameters():
            parameter.zero_()
    one = torch.ones(1, 1, dtype=torch.float64)
    begin = SkipState(tuple(type(inner.initial_state(one))(0 * one, c * one) for c in (8.0, 4.0, 2.0)))
    _, last = Recurrent(Skip(inner, 3))(torch.zeros(1, 2, 1, dtype=torch.float64), begin)
    assert [past.c.item() for past in last.recent] == pytest.approx([(2.5 + 4) / 4, 2.5, 8.0], abs=TIGHT)
    assert last.recent[0].h.item() == pytest.approx(sigmoid(0) * math.tanh(1.625), abs=TIGHT)


def test_span_one_is_the_cell():
    inner, x = filled(LSTMCell(3, 4)), random(2, 6, 3)
    outputs, last = Recurrent(Skip(inner, 1))(x)
    assert gap((outputs, last.recent[0]), Recurrent(inner)(x)) <= TIGHT


def test_the_gradient_takes_the_long_way():
    """Linear scale: with U = u the share of h_0 in h_d holds a path of one step, u / 2."""
    inner = SRNCell(1, 1, bias=False).double()
    with torch.no_grad():
        inner.W.weight.zero_()
        inner.U.weight.fill_(0.5)
    old = torch.zeros(1, 1, dtype=torch.float64, requires_grad=True)
    zero = torch.zeros(1, 1, dtype=torch.float64)
    begin = SkipState((*(HiddenState(zero),) * 4, HiddenState(old)))
    outputs, _ = Recurrent(Skip(inner, 5))(torch.zeros(1, 1, 1, dtype=torch.float64), begin)
    assert torch.autograd.grad(outputs.sum(), old)[0].item() == pytest.approx(0.25, abs=TIGHT)


@pytest.mark.errors
@pytest.mark.parametrize("span", [0, -1, 2.0, True, None, float("nan")])
def test_span_is_no_size(span):
    with pytest.raises(
        ValueError, match=rf"Skip\(SRNCell\): span must be a whole number of at least 1, got {span}"
    ):
        Skip(SRNCell(1, 2), span)


@pytest.mark.errors
def test_state_of_another_span():
    x = torch.zeros(1, 1)
    with pytest.raises(ValueError, match=r"Skip\(SRNCell\): state must hold 3 states, got 2"):
        Skip(SRNCell(1, 2), 3)(x, Skip(SRNCell(1, 2), 2).initial_state(x))
    with pytest.raises(TypeError, match=r"Skip\(SRNCell\): recent must be a tuple, got NoneType"):
        Skip(SRNCell(1, 2), 3)(x, SkipState(None))
    with pytest.raises(TypeError, match=r"Skip\(SRNCell\): state must be a SkipState, got HiddenState"):
        Skip(SRNCell(1, 2), 3)(x, HiddenState(torch.zeros(1, 2)))
