"""PyTorch's GRU: against torch.nn.GRU, element by element, and by hand."""

import math

import pytest
import torch
from torch import nn

from seqgraph.recurrent import GRUResetAfterCell, HiddenState
from tests.checks.by_element import add, filled, gates_of, largest_gap, product, sigmoid, weights
from tests.checks.numbers import TIGHT
from tests.checks.torch_oracle import CONFIGURATIONS, oracle_gaps


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_equals_torch(name):
    gaps = oracle_gaps(GRUResetAfterCell, nn.GRU, **CONFIGURATIONS[name])
    assert all(value <= TIGHT for value in gaps.values()), gaps


def test_equals_the_equation_element_by_element():
    cell = filled(GRUResetAfterCell(3, 4))
    W, U, b = (gates_of(rows, 4) for rows in weights(cell))
    second = gates_of(cell.U.bias.tolist(), 4)

    def step(x, h):
        r = [sigmoid(a) for a in add(product(W[0], x), product(U[0], h), b[0], second[0])]
        z = [sigmoid(a) for a in add(product(W[1], x), product(U[1], h), b[1], second[1])]
        past = add(product(U[2], h), second[2])
        n = [math.tanh(a + r[k] * past[k]) for k, a in enumerate(add(product(W[2], x), b[2]))]
        return ([z[k] * h[k] + (1 - z[k]) * n[k] for k in range(4)],)

    assert largest_gap(cell, step, parts=1) <= TIGHT


def test_one_step_by_hand():
    """All weights 1, c_n = -1, x = 1, h = 0.5: r = z = sigma(1.5), n = tanh(1 - 0.5 r)."""
    cell = GRUResetAfterCell(1, 1).double()
    with torch.no_grad():
        cell.W.weight.fill_(1)
        cell.U.weight.fill_(1)
        cell.W.bias.zero_()
        cell.U.bias.copy_(torch.tensor([0.0, 0.0, -1.0]))
    one = torch.ones(1, 1, dtype=torch.float64)
    assert cell.gate_values(cell.project(one), HiddenState(one / 2)).n.item() == pytest.approx(
        0.5307672782029393, abs=TIGHT
    )
    assert cell(one, HiddenState(one / 2))[0].item() == pytest.approx(0.5056127368422672, abs=TIGHT)
