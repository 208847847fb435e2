"""The LSTM of 1997: element by element, as a special LSTM, and by hand."""

import math

import pytest
import torch

from seqgraph.recurrent import LSTMCell, LSTMState, NoForgetLSTMCell, Recurrent, set_gate_bias
from tests.checks.by_element import add, filled, gates_of, largest_gap, product, sigmoid, weights
from tests.checks.numbers import TIGHT, gap, random


def test_equals_the_equation_element_by_element():
    cell = filled(NoForgetLSTMCell(3, 4))
    W, U, b = (gates_of(rows, 4) for rows in weights(cell))

    def step(x, h, c):
        i, g, o = (add(product(W[k], x), product(U[k], h), b[k]) for k in range(3))
        c = [c[k] + sigmoid(i[k]) * math.tanh(g[k]) for k in range(4)]
        return [sigmoid(o[k]) * math.tanh(c[k]) for k in range(4)], c

    assert largest_gap(cell, step, parts=2) <= TIGHT


def test_is_an_lstm_whose_forget_gate_is_one():
    cell, lstm = filled(NoForgetLSTMCell(3, 4)), LSTMCell(3, 4).double()
    with torch.no_grad():
        for ours, theirs in zip(cell.parameters(), lstm.parameters(), strict=True):
            theirs.copy_(torch.cat([ours[:4], ours]))
    set_gate_bias(lstm, "f", 1e3)
    x, state = random(2, 3), LSTMState(random(2, 4, seed=1), random(2, 4, seed=2))
    assert gap(cell(x, state), lstm(x, state)) <= TIGHT


def test_the_cell_grows_without_bound():
    """With i = 1 and g = 1 the cell counts the steps."""
    cell = NoForgetLSTMCell(1, 1).double()
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.zero_()
    set_gate_bias(cell, "i", 1e3)
    set_gate_bias(cell, "g", 1e3)
    _, last = Recurrent(cell)(torch.zeros(1, 50, 1, dtype=torch.float64))
    assert last.c.item() == pytest.approx(50, abs=TIGHT)


def test_one_step_by_hand():
    """All weights 1, no bias, x = 1, h = 0.5, c = 2: i = o = sigma(1.5), g = tanh(1.5)."""
    cell = NoForgetLSTMCell(1, 1, bias=False).double()
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.fill_(1)
    one = torch.ones(1, 1, dtype=torch.float64)
    output, state = cell(one, LSTMState(one / 2, 2 * one))
    assert state.c.item() == pytest.approx(2.7400261093512928, abs=TIGHT)
    assert output.item() == pytest.approx(0.8107856604295447, abs=TIGHT)
