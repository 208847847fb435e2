"""The bias of one gate."""

import pytest
import torch

from seqgraph.recurrent import GRUCell, Leaky, LSTMCell, set_gate_bias
from tests.checks.cases import KINDS
from tests.checks.numbers import TIGHT, fill, gap, random, same_bits


@pytest.mark.parametrize("kind", KINDS)
def test_the_gate_starts_at_its_squashed_bias(kind):
    """With no input and no state a gate is sigma(b), a candidate tanh(b), in every gate of every cell."""
    for gate in kind.gates:
        cell = fill(kind(2, 3).double())
        set_gate_bias(cell, gate, 1.5)
        x = torch.zeros(1, 2, dtype=torch.float64)
        state = cell.initial_state(x)
        if gate == "o" and hasattr(cell, "V"):  # the output gate of a peephole LSTM sees the new cell
            set_gate_bias(cell, "g", 0.0)
        value = getattr(cell.gate_values(cell.project(x), state), gate)
        squash = torch.tanh if gate in ("h", "n", "g") else torch.sigmoid
        expected = squash(torch.full((1, 3), 1.5, dtype=torch.float64))
        assert gap(value, expected) <= TIGHT


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_else_changes(kind):
    cell = kind(2, 3)
    before = {name: value.clone() for name, value in cell.state_dict().items()}
    set_gate_bias(cell, kind.gates[-1], -2.0)
    rows = slice(3 * (len(kind.gates) - 1), None)
    assert cell.W.bias[rows].tolist() == [-2.0] * 3
    for name, value in cell.state_dict().items():
        if name in ("W.bias", "U.bias"):
            value[rows] = before[name][rows]
        assert same_bits(value, before[name])


def test_it_still_learns():
    cell = LSTMCell(2, 3)
    set_gate_bias(cell, "f", 1.0)
    cell(random(1, 2).float())[0].sum().backward()
    assert cell.W.bias.grad.abs().sum() > 0


@pytest.mark.errors
def test_no_such_gate():
    with pytest.raises(
        ValueError, match=r"set_gate_bias\(GRUCell\): gate must be one of \['r', 'z', 'n'\], got 'f'"
    ):
        set_gate_bias(GRUCell(1, 2), "f", 1.0)
    for other in (Leaky(LSTMCell(1, 2), 0.5), torch.nn.LSTM(1, 2), None):
        with pytest.raises(
            ValueError, match=rf"set_gate_bias\({type(other).__name__}\): gate must be one of \[\]"
        ):
            set_gate_bias(other, "f", 1.0)


@pytest.mark.errors
def test_no_bias():
    with pytest.raises(ValueError, match=r"set_gate_bias\(LSTMCell\): the cell must have a bias"):
        set_gate_bias(LSTMCell(1, 2, bias=False), "f", 1.0)


@pytest.mark.errors
@pytest.mark.parametrize("value", [float("nan"), True, "1", None, torch.ones(2)])
def test_the_value_is_no_number(value):
    with pytest.raises(ValueError, match=r"set_gate_bias\(LSTMCell\): value must be a finite number, got"):
        set_gate_bias(LSTMCell(1, 2), "f", value)
