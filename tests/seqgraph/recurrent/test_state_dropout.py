"""Dropout on the carried state: what is lost, and when."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.recurrent import LSTMCell, LSTMState, Recurrent, Skip, SRNCell, set_gate_bias
from seqgraph.recurrent.state_dropout import StateDropout, StateDropoutState
from tests.checks.by_element import filled
from tests.checks.numbers import TIGHT, gap, random


def keeper(size: int) -> LSTMCell:
    """An LSTM that never forgets and never writes: c stays what it is."""
    cell = filled(LSTMCell(1, size))
    set_gate_bias(cell, "f", 1e3)
    set_gate_bias(cell, "i", -1e3)
    return cell


@pytest.mark.parametrize(("each_step", "power"), [(False, 1), (True, 3)])
def test_the_share_that_survives(each_step, power):
    """After 3 steps 1 - p with one mask, (1 - p)^3 with one a step: within 5 standard errors."""
    cell = StateDropout(keeper(100), 0.2, each_step)
    torch.manual_seed(0)
    x = torch.zeros(200, 3, 1, dtype=torch.float64)
    begin = cell.initial_state(x)
    begin = begin._replace(inner=LSTMState(begin.inner.h, torch.ones_like(begin.inner.c)))
    _, last = Recurrent(cell)(x, begin)
    assert gap(last.inner.c, last.inner.c.round().clamp(0, 1)) <= TIGHT
    share = 0.8**power
    assert last.inner.c.mean().item() == pytest.approx(share, abs=5 * (share * (1 - share) / 20000) ** 0.5)


@pytest.mark.parametrize("each_step", [False, True])
def test_equals_the_mask_times_the_state(each_step):
    inner, x = filled(SRNCell(3, 4)), random(2, 5, 3)
    cell = StateDropout(inner, 0.4, each_step)
    torch.manual_seed(0)
    h, state = torch.zeros(2, 4, dtype=torch.float64), cell.initial_state(x)
    for t in range(5):
        output, state = cell(x[:, t], state)
        h = torch.tanh(inner.W(x[:, t]) + (state.mask * h) @ inner.U.weight.T)
        assert gap(output, h) <= TIGHT
        h = output


@pytest.mark.parametrize("each_step", [False, True])
def test_p_zero_and_eval_are_the_cell(each_step):
    inner, x = filled(LSTMCell(3, 4)), random(2, 5, 3)
    for cell in (StateDropout(inner, 0.0, each_step), StateDropout(inner, 0.5, each_step).eval()):
        outputs, last = Recurrent(cell)(x)
        assert gap((outputs, last.inner), Recurrent(inner)(x)) <= TIGHT
        inner.train()


def test_repr():
    assert "p=0.5, each_step=True" in repr(StateDropout(SRNCell(1, 2), 0.5, each_step=True))


@pytest.mark.errors
@pytest.mark.parametrize("p", [1, -0.1, True, float("nan"), "0.5"])
def test_p_out_of_range(p):
    with pytest.raises(
        ValueError, match=r"StateDropout\(SRNCell\): p must be a probability in \[0, 1\), got"
    ):
        StateDropout(SRNCell(1, 2), p)


@pytest.mark.errors
def test_a_wrapped_cell():
    with pytest.raises(TypeError, match="cell must not be wrapped already; wrap the result instead"):
        StateDropout(Skip(SRNCell(1, 2), 2), 0.5)


@pytest.mark.errors
def test_a_mask_that_does_not_fit():
    cell, x = StateDropout(SRNCell(1, 2), 0.5), torch.zeros(1, 1)
    state = cell.initial_state(x)
    with pytest.raises(ShapeError, match=r"StateDropout\(SRNCell\): mask must have shape \[1, 2\]"):
        cell(x, StateDropoutState(state.inner, torch.ones(1, 3)))
    with pytest.raises(TypeError, match=r"mask must be torch.float32 like the weights, got torch.float64"):
        cell(x, StateDropoutState(state.inner, torch.ones(1, 2, dtype=torch.float64)))
