"""The LSTM with coupled gates: element by element, as a special LSTM, and by hand."""

import math

import pytest
import torch

from seqgraph.recurrent import CoupledLSTMCell, LSTMCell, LSTMState, Recurrent
from tests.checks.by_element import add, filled, gates_of, largest_gap, product, sigmoid, weights
from tests.checks.numbers import TIGHT, gap, random


def test_equals_the_equation_element_by_element():
    cell = filled(CoupledLSTMCell(3, 4))
    W, U, b = (gates_of(rows, 4) for rows in weights(cell))

    def step(x, h, c):
        f, g, o = (add(product(W[k], x), product(U[k], h), b[k]) for k in range(3))
        f = [sigmoid(a) for a in f]
        c = [f[k] * c[k] + (1 - f[k]) * math.tanh(g[k]) for k in range(4)]
        return [sigmoid(o[k]) * math.tanh(c[k]) for k in range(4)], c

    assert largest_gap(cell, step, parts=2) <= TIGHT


def test_is_an_lstm_whose_input_gate_is_one_minus_f():
    """sigma(-a) = 1 - sigma(a): an LSTM whose rows of i are those of f with the sign turned."""
    cell, lstm = filled(CoupledLSTMCell(3, 4)), LSTMCell(3, 4).double()
    with torch.no_grad():
        for ours, theirs in zip(cell.parameters(), lstm.parameters(), strict=True):
            theirs.copy_(torch.cat([-ours[:4], ours]))
    x, state = random(2, 3), LSTMState(random(2, 4, seed=1), random(2, 4, seed=2))
    assert gap(cell(x, state), lstm(x, state)) <= TIGHT


def test_the_cell_stays_within_one():
    _, last = Recurrent(filled(CoupledLSTMCell(3, 4)))(9 * random(2, 50, 3))
    assert last.c.abs().max() <= 1 + TIGHT


def test_one_step_by_hand():
    """All weights 1, no bias, x = 1, h = 0.5, c = 2: f = o = sigma(1.5), g = tanh(1.5)."""
    cell = CoupledLSTMCell(1, 1, bias=False).double()
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.fill_(1)
    one = torch.ones(1, 1, dtype=torch.float64)
    output, state = cell(one, LSTMState(one / 2, 2 * one))
    assert state.c.item() == pytest.approx(1.8002710966808608, abs=TIGHT)
    assert output.item() == pytest.approx(0.774107376976135, abs=TIGHT)
