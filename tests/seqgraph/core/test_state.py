"""Nested states: mapped, listed, flattened and put together again."""

from typing import NamedTuple

import pytest
import torch
from torch import Tensor

from seqgraph.core import ShapeError, flatten_state, map_state, state_tensors, unflatten_state
from seqgraph.recurrent import BidirectionalState, GRUCell, HiddenState, LSTMState, SkipState
from tests.checks.numbers import TIGHT, gap, random, same_bits


class Deep(NamedTuple):
    first: LSTMState
    memory: Tensor
    rest: tuple


def deep(batch: int = 2) -> Deep:
    """Named tuples in a named tuple, a plain tuple, a plain tensor with three axes."""
    return Deep(
        LSTMState(random(batch, 3), random(batch, 3, seed=1)),
        random(batch, 2, 2, seed=2),
        (HiddenState(random(batch, 1, seed=3)), random(batch, 2, seed=4)),
    )


def test_map_keeps_the_structure():
    twice = map_state(lambda s: 2 * s, deep())
    assert type(twice) is Deep
    assert type(twice.first) is LSTMState
    assert type(twice.rest) is tuple
    assert type(twice.rest[0]) is HiddenState
    assert same_bits(twice.rest[0].h, 2 * deep().rest[0].h)


def test_map_takes_states_side_by_side():
    total = map_state(lambda a, b, c: a + b - c, deep(), deep(), deep())
    assert gap(total, deep()) <= TIGHT
    assert same_bits(map_state(torch.add, torch.ones(2), torch.ones(2)), torch.full((2,), 2.0))


def test_tensors_come_in_order():
    assert [list(tensor.shape) for tensor in state_tensors(deep())] == [
        [2, 3],
        [2, 3],
        [2, 2, 2],
        [2, 1],
        [2, 2],
    ]
    assert state_tensors(()) == []


def test_flatten_lays_out_row_by_row():
    flat = flatten_state(deep())
    assert flat.shape == (2, 3 + 3 + 4 + 1 + 2)
    assert same_bits(flat[1, 6:10], deep().memory[1].flatten())


def test_unflatten_undoes_flatten():
    again = unflatten_state(flatten_state(deep()), deep())
    assert type(again) is Deep
    assert same_bits(again, deep())


def test_unflatten_reads_only_the_shapes_of_like():
    """One structure serves any batch, and an empty one too."""
    assert same_bits(unflatten_state(flatten_state(deep(3)), deep(1)), deep(3))
    assert same_bits(unflatten_state(flatten_state(deep(3)), map_state(lambda s: s[:0], deep())), deep(3))


def test_gradients_pass_through():
    state = map_state(lambda s: s.requires_grad_(), deep())
    unflatten_state(3 * flatten_state(state), state).memory.sum().backward()
    assert same_bits(state.memory.grad, torch.full((2, 2, 2), 3.0, dtype=torch.float64))


@pytest.mark.errors
@pytest.mark.parametrize(
    "states",
    [
        (),
        (3,),
        (3, 3),
        (None,),
        ("h",),
        ([torch.zeros(1)],),
        (torch.zeros(1), (torch.zeros(1),)),
        (HiddenState(torch.zeros(1)), (torch.zeros(1),)),
        ((torch.zeros(1),), (torch.zeros(1), torch.zeros(1))),
        (SkipState((torch.zeros(1),)), SkipState((torch.zeros(1), torch.zeros(1)))),
        (BidirectionalState(torch.zeros(1), None),),
        (GRUCell(1, 1),),
    ],
)
def test_structures_that_do_not_match(states):
    with pytest.raises(TypeError, match="map_state: states must be tensors or tuples of one structure, got"):
        map_state(lambda *tensors: tensors[0], *states)


@pytest.mark.errors
@pytest.mark.parametrize(
    "state",
    [(), torch.zeros(()), (torch.zeros(2, 1), torch.zeros(3, 1)), (torch.zeros(2, 1), torch.zeros(()))],
)
def test_what_cannot_be_flattened(state):
    with pytest.raises(
        ShapeError, match=r"flatten_state: state must hold tensors \[B, ...\] of one B, got shapes"
    ):
        flatten_state(state)


@pytest.mark.errors
@pytest.mark.parametrize("shape", [(2, 12), (2, 14), (13,), (2, 13, 1), (0, 13)])
def test_what_cannot_be_unflattened(shape):
    with pytest.raises(ShapeError, match=r"unflatten_state: flat must have shape \[B, 13\]"):
        unflatten_state(torch.zeros(shape), deep())
    with pytest.raises(TypeError, match=r"unflatten_state: flat must be a torch.Tensor, got list"):
        unflatten_state([1.0], deep())
