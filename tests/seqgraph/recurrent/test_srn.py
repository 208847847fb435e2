"""The simple recurrent network against torch.nn.RNN, element by element, and by hand."""

import math

import pytest
import torch
from torch import nn

from seqgraph.recurrent import HiddenState, SRNCell
from tests.checks.by_element import add, filled, largest_gap, product, weights
from tests.checks.numbers import TIGHT, gap
from tests.checks.torch_oracle import CONFIGURATIONS, oracle_gaps


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_equals_torch(name):
    gaps = oracle_gaps(SRNCell, nn.RNN, **CONFIGURATIONS[name])
    assert all(value <= TIGHT for value in gaps.values()), gaps


def test_equals_the_equation_element_by_element():
    cell = filled(SRNCell(3, 4))
    W, U, b = weights(cell)

    def step(x, h):
        return ([math.tanh(a) for a in add(product(W, x), product(U, h), b)],)

    assert largest_gap(cell, step, parts=1) <= TIGHT


def test_two_steps_by_hand():
    """w = 0.5, u = -1, b = 0.1: tanh(0.6), then tanh(0.1 - tanh(0.6))."""
    cell = SRNCell(1, 1).double()
    with torch.no_grad():
        for parameter, value in zip(
            (cell.W.weight, cell.W.bias, cell.U.weight), (0.5, 0.1, -1.0), strict=True
        ):
            parameter.fill_(value)
    first, state = cell(torch.ones(1, 1, dtype=torch.float64))
    second, _ = cell(torch.zeros(1, 1, dtype=torch.float64), state)
    assert first.item() == pytest.approx(0.5370495669980353, abs=TIGHT)
    assert second.item() == pytest.approx(-0.4111958521317319, abs=TIGHT)


def test_without_recurrence_it_is_feed_forward():
    cell = filled(SRNCell(2, 3))
    with torch.no_grad():
        cell.U.weight.zero_()
    x = torch.ones(1, 2, dtype=torch.float64)
    output, _ = cell(x, HiddenState(torch.full((1, 3), 7.0, dtype=torch.float64)))
    assert gap(output, torch.tanh(cell.W(x))) <= TIGHT
