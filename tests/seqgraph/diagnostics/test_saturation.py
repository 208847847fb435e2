"""Gate statistics against gates computed with torch.nn's equations and counted by hand."""

import math

import pytest
import torch
from torch import nn

from seqgraph.diagnostics import GateStatistics, gate_statistics
from seqgraph.recurrent import GRUCell, Leaky, LSTMCell, LSTMState, Recurrent, SRNCell, set_gate_bias
from tests.checks.numbers import DEVICES, TIGHT, fill, random
from tests.seqgraph.diagnostics.cells import GATED, H, I

B, T = 3, 7


def counted(values, tanh):
    """By plain Python, one number after the other."""
    numbers = values.flatten().tolist()
    sizes = [abs(number) if tanh else number for number in numbers]
    high = sum(size > 0.9 for size in sizes) / len(sizes)
    low = sum(size < 0.1 for size in sizes) / len(sizes)
    return GateStatistics(sum(numbers) / len(numbers), high, low, high if tanh else high + low)


def test_lstm_gates_are_those_of_the_equations():
    cell, x = fill(LSTMCell(I, H).double()), random(B, T, I, seed=8)
    outputs = Recurrent(cell)(x)[0]
    before = torch.cat([outputs.new_zeros(B, 1, H), outputs[:, :-1]], dim=1)
    i, f, g, o = (cell.W(x) + cell.U(before)).chunk(4, dim=-1)
    statistics = gate_statistics(cell, x)
    assert list(statistics) == ["i", "f", "g", "o"]
    for gate, values in (("i", i.sigmoid()), ("f", f.sigmoid()), ("g", g.tanh()), ("o", o.sigmoid())):
        expected = counted(values, tanh=gate == "g")
        assert max(abs(a - b) for a, b in zip(statistics[gate], expected, strict=True)) <= TIGHT
        assert 0 < expected.share_saturated < 1


def test_the_h_of_an_srn_is_its_output():
    cell, x = fill(SRNCell(I, H).double()), random(B, T, I)
    expected = counted(Recurrent(cell)(x)[0], tanh=True)
    found = gate_statistics(cell, x)["h"]
    assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) <= TIGHT


@pytest.mark.parametrize("kind", GATED)
def test_every_cell_with_gates(kind):
    cell = fill(kind(I, H).double())
    statistics = gate_statistics(cell, random(B, T, I))
    assert tuple(statistics) == cell.gates
    for one in statistics.values():
        assert -1 < one.mean < 1
        assert 0 <= one.share_closed + one.share_open <= 1
    assert not any(parameter.grad is not None for parameter in cell.parameters())


@pytest.mark.parametrize(("bias", "fields"), [(9.0, (1, 0, 1)), (0.0, (0, 0, 0)), (-9.0, (0, 1, 1))])
def test_a_bias_opens_and_closes_a_gate(bias, fields):
    cell = LSTMCell(I, H)
    set_gate_bias(cell, "f", bias)
    with torch.no_grad():
        cell.W.weight.zero_()
        cell.U.weight.zero_()
    mean, *shares = gate_statistics(cell, torch.zeros(B, T, I))["f"]
    assert abs(mean - 1 / (1 + math.exp(-bias))) < 1e-6
    assert tuple(shares) == fields


def test_a_candidate_at_minus_one_is_saturated_and_not_closed():
    cell = GRUCell(I, H)
    set_gate_bias(cell, "n", -9.0)
    one = gate_statistics(cell, torch.zeros(B, T, I))["n"]
    assert one.mean < -0.99
    assert tuple(one[1:]) == (1, 0, 1)


def test_it_starts_from_the_state_that_is_given():
    cell, x = fill(LSTMCell(I, H).double()), random(B, 2 * T, I)
    _, middle = Recurrent(cell)(x[:, :T])
    whole, second = gate_statistics(cell, x), gate_statistics(cell, x[:, T:], LSTMState(*middle))
    first = gate_statistics(cell, x[:, :T])
    for gate in cell.gates:
        assert abs(whole[gate].mean - (first[gate].mean + second[gate].mean) / 2) <= TIGHT


def test_nan_shows_in_the_mean_only():
    x = torch.zeros(B, T, I)
    x[0] = float("nan")
    one = gate_statistics(SRNCell(I, H, bias=False), x)["h"]
    assert math.isnan(one.mean)
    assert one.share_open == 0
    assert one.share_closed == pytest.approx((B - 1) / B)


@pytest.mark.parametrize("device", DEVICES)
def test_devices(device):
    statistics = gate_statistics(LSTMCell(I, H).to(device), torch.zeros(B, T, I, device=device))
    assert isinstance(statistics["f"].mean, float)


@pytest.mark.errors
def test_wrong_arguments_are_refused():
    cell = LSTMCell(I, H)
    with pytest.raises(TypeError, match="gate_statistics: cell must be a cell with gates, got Leaky"):
        gate_statistics(Leaky(cell, 0.5), torch.zeros(B, T, I))
    with pytest.raises(TypeError, match="gate_statistics: cell must be a cell with gates, got LSTM"):
        gate_statistics(nn.LSTM(I, H), torch.zeros(B, T, I))
    with pytest.raises(ValueError, match=r"gate_statistics: x must have shape \[B, T, 3\]"):
        gate_statistics(cell, torch.zeros(B, I))
    with pytest.raises(ValueError, match="No axis may be empty"):
        gate_statistics(cell, torch.zeros(0, T, I))
    with pytest.raises(TypeError, match=r"x must be torch.float32 like the weights, got torch.float64"):
        gate_statistics(cell, random(B, T, I))
    with pytest.raises(ValueError, match=r"h must have shape \[3, 4\]"):
        gate_statistics(cell, torch.zeros(B, T, I), cell.initial_state(torch.zeros(1, I)))
