"""The runner: what the battery does not say about it."""

from typing import NamedTuple

import pytest
import torch
from torch import Tensor

from seqgraph.recurrent import Cell, GRUCell, Recurrent, SRNCell
from tests.checks.by_element import filled
from tests.checks.numbers import TIGHT, gap, random, same_bits


class MatrixState(NamedTuple):
    h: Tensor
    memory: Tensor


class Recorder(Cell):
    """A cell whose memory ``[B, 2, 3]`` has one axis more than h."""

    input_size = hidden_size = 3

    def initial_state(self, x):
        return MatrixState(x.new_zeros(x.shape[0], 3), x.new_zeros(x.shape[0], 2, 3))

    def check_state(self, state, batch):
        assert state.memory.shape == (batch, 2, 3)

    def step(self, projected, state, mask=None):
        memory = torch.stack([projected, state.memory[:, 0]], dim=1)
        return projected, MatrixState(projected, memory)


def test_states_with_more_axes_freeze_row_by_row():
    """Two sequences and two memory rows: a mask [B, 1] that met the last axes would mix them up."""
    x = random(2, 4, 3)
    _, last = Recurrent(Recorder())(x, lengths=[2, 4])
    assert same_bits(last.memory, torch.stack([x[0, [1, 0]], x[1, [3, 2]]]))


def test_reverse_starts_at_the_end():
    cell, x = filled(SRNCell(3, 4)), random(1, 4, 3)
    outputs, last = Recurrent(cell, reverse=True)(x)
    assert gap(outputs[:, 3], cell(x[:, 3])[0]) <= TIGHT  # one product for all steps, or one a step
    assert same_bits(outputs[:, 0], last.h)


def test_a_gradient_reaches_the_first_state():
    cell = filled(GRUCell(3, 4))
    state = cell.initial_state(random(2, 3))
    state.h.requires_grad_()
    Recurrent(cell)(random(2, 4, 3), state)[1].h.sum().backward()
    assert state.h.grad.abs().min() > 0


@pytest.mark.errors
@pytest.mark.parametrize(
    "cell", [torch.nn.LSTM(2, 3), torch.nn.GRUCell(2, 3), SRNCell, Recurrent(SRNCell(2, 3)), None]
)
def test_what_is_no_cell(cell):
    with pytest.raises(
        TypeError, match=f"Recurrent: cell must be a recurrent cell, got {type(cell).__name__}"
    ):
        Recurrent(cell)
