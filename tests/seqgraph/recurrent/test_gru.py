"""The 2014 GRU element by element, at its limits, and by hand."""

import math

import pytest
import torch

from seqgraph.recurrent import GRUCell, GRUResetAfterCell, HiddenState, SRNCell, set_gate_bias
from tests.checks.by_element import add, filled, gates_of, largest_gap, product, sigmoid, weights
from tests.checks.numbers import TIGHT, gap, random

OPEN, SHUT = 1e3, -1e3  # biases at which a sigmoid is exactly 1 and 0


def test_equals_the_equation_element_by_element():
    cell = filled(GRUCell(3, 4))
    W, U, b = (gates_of(rows, 4) for rows in weights(cell))

    def step(x, h):
        r = [sigmoid(a) for a in add(product(W[0], x), product(U[0], h), b[0])]
        z = [sigmoid(a) for a in add(product(W[1], x), product(U[1], h), b[1])]
        past = [r[k] * h[k] for k in range(4)]
        n = [math.tanh(a) for a in add(product(W[2], x), product(U[2], past), b[2])]
        return ([z[k] * h[k] + (1 - z[k]) * n[k] for k in range(4)],)

    assert largest_gap(cell, step, parts=1) <= TIGHT


def limits(r: float, z: float):
    """A GRU with its gates held, an input and a state."""
    cell = filled(GRUCell(3, 4))
    set_gate_bias(cell, "r", r)
    set_gate_bias(cell, "z", z)
    return cell, random(2, 3, seed=1), HiddenState(random(2, 4, seed=2))


def test_z_one_keeps_the_state():
    cell, x, state = limits(r=0.3, z=OPEN)
    assert gap(cell(x, state)[0], state.h) <= TIGHT


def test_z_zero_and_r_one_is_the_srn():
    cell, x, state = limits(r=OPEN, z=SHUT)
    srn = SRNCell(3, 4).double()
    with torch.no_grad():
        srn.W.weight.copy_(cell.W.weight[8:])
        srn.W.bias.copy_(cell.W.bias[8:])
        srn.U.weight.copy_(cell.U.weight[8:])
    assert gap(cell(x, state), srn(x, state)) <= TIGHT


def test_z_zero_and_r_zero_is_feed_forward():
    cell, x, state = limits(r=SHUT, z=SHUT)
    assert gap(cell(x, state)[0], torch.tanh(cell.W(x)[:, 8:])) <= TIGHT


def test_one_step_by_hand():
    """All weights 1, no bias, x = 1, h = 0.5: r = z = sigma(1.5), n = tanh(1 + 0.5 r)."""
    cell = GRUCell(1, 1, bias=False).double()
    with torch.no_grad():
        cell.W.weight.fill_(1)
        cell.U.weight.fill_(1)
    one = torch.ones(1, 1, dtype=torch.float64)
    gates = cell.gate_values(cell.project(one), HiddenState(one / 2))
    assert gates.r.item() == pytest.approx(0.8175744761936437, abs=TIGHT)
    assert gates.n.item() == pytest.approx(0.8872363204513926, abs=TIGHT)
    assert cell(one, HiddenState(one / 2))[0].item() == pytest.approx(0.5706417885951913, abs=TIGHT)


def test_differs_from_reset_after_only_through_r():
    """Same weights: equal where r = 1, unequal elsewhere."""
    for r, equal in ((OPEN, True), (0.0, False)):
        before, after = filled(GRUCell(3, 4)), filled(GRUResetAfterCell(3, 4))
        with torch.no_grad():
            after.W.load_state_dict(before.W.state_dict())
            after.U.weight.copy_(before.U.weight)
            after.U.bias.zero_()
        set_gate_bias(before, "r", r)
        set_gate_bias(after, "r", r)
        x, state = random(2, 3, seed=1), HiddenState(random(2, 4, seed=2))
        difference = gap(before(x, state), after(x, state))
        assert difference <= TIGHT if equal else difference > 0.01
