"""The protocol: what a cell of one's own must define, and what it gets for it."""

import pytest
import torch
from torch import Tensor, nn

from seqgraph.recurrent import Bidirectional, Cell, HiddenState, Recurrent, SRNCell
from seqgraph.recurrent.cell import GatedCell
from tests.checks.numbers import TIGHT, gap, random, same_bits


class Adder(Cell):
    """A cell without any weights: the running sum."""

    def __init__(self, size: int):
        super().__init__()
        self.input_size = self.hidden_size = size

    def step(self, projected: Tensor, state: HiddenState, mask: Tensor | None = None) -> tuple:
        h = state.h + projected
        return h, HiddenState(h)


def test_a_cell_needs_a_step_and_its_sizes_only():
    x = random(2, 5, 3)
    assert gap(Recurrent(Adder(3))(x)[0], x.cumsum(1)) <= TIGHT
    _, last = Recurrent(Adder(3))(x, lengths=[2, 5])
    assert gap(last.h, torch.stack([x[0, :2].sum(0), x[1].sum(0)])) <= TIGHT
    backward = Bidirectional(Adder(3), Adder(3))(x)[0][..., 3:]
    assert gap(backward, x.flip(1).cumsum(1).flip(1)) <= TIGHT


def test_weights_start_as_in_torch():
    torch.manual_seed(0)
    cell = SRNCell(50, 100)
    for parameter in cell.parameters():
        assert parameter.abs().max() <= 0.1
    assert cell.U.weight.std().item() == pytest.approx(0.2 / 12**0.5, rel=0.05)
    reference = nn.RNN(50, 100).weight_hh_l0.std().item()
    assert cell.U.weight.std().item() == pytest.approx(reference, rel=0.05)


def test_reset_parameters_draws_anew():
    cell = SRNCell(2, 3)
    before = cell.U.weight.clone()
    cell.reset_parameters()
    assert not same_bits(before, cell.U.weight)


def test_repr_names_the_sizes():
    assert "SRNCell(\n  2, 3, bias=False" in repr(SRNCell(2, 3, bias=False))


@pytest.mark.errors
def test_a_cell_without_a_step():
    class Half(Cell):
        input_size = hidden_size = 3

    with pytest.raises(TypeError, match=r"Can't instantiate abstract class Half .*abstract method '?step"):
        Half()


@pytest.mark.errors
def test_a_gated_cell_without_gate_values():
    class Half(GatedCell):
        gates = ("h",)

        def step(self, projected, state, mask=None):
            return projected, HiddenState(projected)

    with pytest.raises(TypeError, match=r"Can't instantiate abstract class Half .*method '?gate_values"):
        Half(2, 3)


@pytest.mark.errors
def test_the_bare_protocol_is_no_cell():
    with pytest.raises(TypeError, match="Can't instantiate abstract class Cell"):
        Cell()
