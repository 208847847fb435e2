"""The LSTM against torch.nn.LSTM, element by element, at its limits, and by hand."""

import math

import pytest
import torch
from torch import nn

from seqgraph.recurrent import LSTMCell, LSTMState, Recurrent, set_gate_bias
from tests.checks.by_element import add, filled, gates_of, largest_gap, product, sigmoid, weights
from tests.checks.numbers import TIGHT, gap, random
from tests.checks.torch_oracle import CONFIGURATIONS, oracle_gaps

OPEN, SHUT = 1e3, -1e3  # biases at which a sigmoid is exactly 1 and 0


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_equals_torch(name):
    gaps = oracle_gaps(LSTMCell, nn.LSTM, **CONFIGURATIONS[name])
    assert all(value <= TIGHT for value in gaps.values()), gaps


def test_equals_the_equation_element_by_element():
    cell = filled(LSTMCell(3, 4))
    W, U, b = (gates_of(rows, 4) for rows in weights(cell))

    def step(x, h, c):
        i, f, g, o = (add(product(W[k], x), product(U[k], h), b[k]) for k in range(4))
        c = [sigmoid(f[k]) * c[k] + sigmoid(i[k]) * math.tanh(g[k]) for k in range(4)]
        return [sigmoid(o[k]) * math.tanh(c[k]) for k in range(4)], c

    assert largest_gap(cell, step, parts=2) <= TIGHT


def held(f: float, i: float) -> LSTMCell:
    cell = filled(LSTMCell(3, 4))
    set_gate_bias(cell, "f", f)
    set_gate_bias(cell, "i", i)
    return cell


def test_f_one_and_i_zero_keeps_the_cell_for_100_steps():
    state = LSTMState(random(2, 4, seed=1), random(2, 4, seed=2))
    _, last = Recurrent(held(f=OPEN, i=SHUT))(random(2, 100, 3), state)
    assert gap(last.c, state.c) <= TIGHT


def test_f_zero_and_i_one_overwrites():
    cell, x = held(f=SHUT, i=OPEN), random(2, 3)
    state = LSTMState(random(2, 4, seed=1), random(2, 4, seed=2))
    g = cell.gate_values(cell.project(x), state).g
    assert gap(cell(x, state)[1].c, g) <= TIGHT


def test_forget_bias_sets_the_share_that_is_left():
    """c_T = sigma(b)^T c_0 with no other input to the forget gate."""
    cell = LSTMCell(1, 1).double()
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.zero_()
    set_gate_bias(cell, "f", 3.0)
    one = torch.ones(1, 1, dtype=torch.float64)
    _, last = Recurrent(cell)(torch.zeros(1, 50, 1, dtype=torch.float64), LSTMState(0 * one, one))
    assert last.c.item() == pytest.approx(sigmoid(3.0) ** 50, abs=TIGHT)


def test_one_step_by_hand():
    """All weights 1, no bias, x = 1, h = 0.5, c = 2: every gate sigma(1.5), g = tanh(1.5)."""
    cell = LSTMCell(1, 1, bias=False).double()
    with torch.no_grad():
        cell.W.weight.fill_(1)
        cell.U.weight.fill_(1)
    one = torch.ones(1, 1, dtype=torch.float64)
    output, state = cell(one, LSTMState(one / 2, 2 * one))
    assert state.c.item() == pytest.approx(2.37517506173858, abs=TIGHT)
    assert output.item() == pytest.approx(0.803553877591758, abs=TIGHT)
