"""Two directions: who has seen what, and errors. The rest: the oracle and the battery."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.recurrent import Bidirectional, GRUCell, LSTMCell, SRNCell, Stack
from tests.checks.numbers import random


def seen(t: int, half: slice, lengths: list[int] | None = None) -> list[int]:
    """The steps of the input on which one half of the output at step t depends."""
    torch.manual_seed(0)
    network = Bidirectional(GRUCell(2, 3), GRUCell(2, 4)).double()
    x = random(1, 6, 2).requires_grad_()
    network(x, None, lengths)[0][0, t, half].sum().backward()
    return x.grad[0].abs().sum(-1).nonzero().flatten().tolist()


def test_each_half_has_seen_its_side():
    ahead, back = slice(0, 3), slice(3, 7)
    assert seen(2, ahead) == [0, 1, 2]
    assert seen(2, back) == [2, 3, 4, 5]
    assert seen(2, ahead, [4]) == [0, 1, 2]
    assert seen(2, back, [4]) == [2, 3]


def test_output_size_is_the_sum():
    assert Bidirectional(SRNCell(2, 3), LSTMCell(2, 4)).output_size == 7


@pytest.mark.errors
def test_one_cell_twice():
    cell = SRNCell(2, 3)
    with pytest.raises(ValueError, match="Bidirectional: forward_cell and backward_cell must be two cells"):
        Bidirectional(cell, cell)


@pytest.mark.errors
def test_inputs_of_two_sizes():
    with pytest.raises(ShapeError, match="Bidirectional: backward_cell must have input_size=2, got 5"):
        Bidirectional(SRNCell(2, 3), SRNCell(5, 3))


@pytest.mark.errors
@pytest.mark.parametrize("other", [torch.nn.GRU(2, 3), Stack([SRNCell(2, 3)]), None])
def test_what_is_no_cell(other):
    with pytest.raises(TypeError, match=f"cell must be a recurrent cell, got {type(other).__name__}"):
        Bidirectional(SRNCell(2, 3), other)
    with pytest.raises(TypeError, match=f"cell must be a recurrent cell, got {type(other).__name__}"):
        Bidirectional(other, SRNCell(2, 3))


@pytest.mark.errors
@pytest.mark.parametrize("state", [(None,), (None, None, None), torch.zeros(2, 1, 3), 3])
def test_state_is_no_pair(state):
    with pytest.raises(TypeError, match=r"Bidirectional: state must be a pair \(forward, backward\), got"):
        Bidirectional(SRNCell(2, 3), SRNCell(2, 3))(torch.zeros(1, 4, 2), state)
