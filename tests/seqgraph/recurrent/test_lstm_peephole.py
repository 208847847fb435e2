"""The peephole LSTM element by element, at its limit, and by hand."""

import math

import pytest
import torch

from seqgraph.recurrent import LSTMCell, LSTMState, PeepholeLSTMCell
from tests.checks.by_element import add, filled, gates_of, largest_gap, product, sigmoid, weights
from tests.checks.numbers import TIGHT, gap, random


def test_equals_the_equation_element_by_element():
    cell = filled(PeepholeLSTMCell(3, 4))
    W, U, b = (gates_of(rows, 4) for rows in weights(cell))
    V_i, V_f, V_o = cell.V.tolist()

    def step(x, h, c):
        i, f, g, o = (add(product(W[k], x), product(U[k], h), b[k]) for k in range(4))
        i = [sigmoid(i[k] + V_i[k] * c[k]) for k in range(4)]
        f = [sigmoid(f[k] + V_f[k] * c[k]) for k in range(4)]
        now = [f[k] * c[k] + i[k] * math.tanh(g[k]) for k in range(4)]
        o = [sigmoid(o[k] + V_o[k] * now[k]) for k in range(4)]
        return [o[k] * math.tanh(now[k]) for k in range(4)], now

    assert largest_gap(cell, step, parts=2) <= TIGHT


def test_without_peepholes_it_is_the_lstm():
    cell, lstm = filled(PeepholeLSTMCell(3, 4)), LSTMCell(3, 4).double()
    with torch.no_grad():
        cell.V.zero_()
    lstm.load_state_dict({name: value for name, value in cell.state_dict().items() if name != "V"})
    x, state = random(2, 3), LSTMState(random(2, 4, seed=1), random(2, 4, seed=2))
    assert gap(cell(x, state), lstm(x, state)) <= TIGHT


def test_one_step_by_hand():
    """All weights 1, no bias, x = 1, h = 0.5, c = 2: i = f = sigma(3.5), then o = sigma(1.5 + new c)."""
    cell = PeepholeLSTMCell(1, 1, bias=False).double()
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.fill_(1)
    one = torch.ones(1, 1, dtype=torch.float64)
    output, state = cell(one, LSTMState(one / 2, 2 * one))
    assert state.c.item() == pytest.approx(2.819991877667128, abs=TIGHT)
    assert output.item() == pytest.approx(0.9798868185179033, abs=TIGHT)
    gates = cell.gate_values(cell.project(one), LSTMState(one / 2, 2 * one))
    assert gates.o.item() == pytest.approx(0.9868745764535432, abs=TIGHT)
