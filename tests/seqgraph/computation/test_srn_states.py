"""The forward pass against the cell and its runner."""

import math

import pytest
import torch

from seqgraph.computation import srn_states
from seqgraph.recurrent import GRUCell, HiddenState, Recurrent, SRNCell
from tests.checks.numbers import TIGHT, random
from tests.seqgraph.computation.passes import B, H, I, T, one_pass


def test_it_is_the_runner_with_the_first_state_in_front():
    cell, x, h, _ = one_pass()
    assert h.shape == (B, T + 1, H)
    assert h[:, 0].abs().max() < TIGHT
    assert (h[:, 1:] - Recurrent(cell)(x)[0]).abs().max() < TIGHT
    assert not h.requires_grad


def test_it_starts_where_it_is_told_and_can_be_split():
    cell, x, h, _ = one_pass()
    start = random(B, H, seed=3)
    expected = Recurrent(cell)(x, HiddenState(start))[0]
    assert (srn_states(cell, x, start)[:, 1:] - expected).abs().max() < TIGHT
    assert (srn_states(cell, x[:, 4:], h[:, 4]) - h[:, 4:]).abs().max() < TIGHT


def test_by_hand_and_without_a_bias():
    cell = SRNCell(1, 1, bias=False).double()
    with torch.no_grad():
        cell.W.weight.fill_(0.5)
        cell.U.weight.fill_(-2.0)
    h = srn_states(cell, torch.tensor([[[1.0], [3.0]]], dtype=torch.float64)).flatten().tolist()
    first = math.tanh(0.5)
    assert abs(h[1] - first) < TIGHT
    assert abs(h[2] - math.tanh(1.5 - 2 * first)) < TIGHT


@pytest.mark.errors
@pytest.mark.parametrize(
    ("x", "h_0", "kind", "message"),
    [
        (random(B, T), None, ValueError, r"srn_states: x must have shape \[B, T, 2\] \(input_size=2\)"),
        (random(B, 0, I), None, ValueError, "No axis may be empty"),
        (random(B, T, I).float(), None, TypeError, "x must be torch.float64 like the weights"),
        (random(B, T, I), random(B, 3), ValueError, r"h_0 must have shape \[3, 4\] \(hidden_size=4\)"),
    ],
)
def test_wrong_sequences_are_refused(x, h_0, kind, message):
    with pytest.raises(kind, match=message):
        srn_states(SRNCell(I, H).double(), x, h_0)


@pytest.mark.errors
def test_only_the_srn():
    with pytest.raises(TypeError, match="srn_states: cell must be an SRNCell, got GRUCell"):
        srn_states(GRUCell(I, H), torch.zeros(B, T, I))
