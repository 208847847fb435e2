"""The neural Turing machine element by element, as a machine set by hand, and as one that learns."""

import math

import pytest
import torch
from torch import nn

from seqgraph.core import ShapeError, map_state
from seqgraph.memory import NTMCell, NTMState
from seqgraph.recurrent import Recurrent
from tests.checks.by_element import add, product, sigmoid
from tests.checks.numbers import TIGHT, fill, gap, generator, random
from tests.seqgraph.memory import by_hand

ROWS, WIDTH = 5, 3


def softplus(a):
    return math.log1p(math.exp(a))


def step(cell, x, state):
    """One step of one sequence in plain Python; the state is (h, r, memory, two addresses)."""
    _, r, memory, *addresses = state
    W, U, V, heads = (layer.weight.tolist() for layer in (cell.W, cell.U, cell.V, cell.heads))
    c = [math.tanh(a) for a in add(product(W, x), product(U, r), cell.W.bias.tolist())]
    raw = add(product(heads, c), cell.heads.bias.tolist())
    size, new = WIDTH + 6, []
    for number, previous in enumerate(addresses):
        key, rest = raw[number * size :][:WIDTH], raw[number * size + WIDTH :]
        content = by_hand.content(memory, key, softplus(rest[0]))
        gated = by_hand.interpolated(content, previous, sigmoid(rest[1]))
        raised = [math.exp(a) for a in rest[2:5]]
        moved = by_hand.shifted(gated, [value / sum(raised) for value in raised])
        new.append(by_hand.sharpened(moved, 1 + softplus(rest[5])))
    erase, added = raw[2 * size :][:WIDTH], raw[2 * size + WIDTH :]
    r = by_hand.read_out(memory, new[0])
    erase, added = [sigmoid(a) for a in erase], [math.tanh(a) for a in added]
    return add(c, product(V, r)), r, by_hand.written(memory, new[1], erase, added), *new


def test_equals_the_equations_element_by_element():
    cell, x = fill(NTMCell(2, 4, ROWS, WIDTH).double()), random(2, 4, 2, seed=30)
    state = cell.initial_state(x)
    theirs = [tuple(part[b].tolist() for part in state) for b in range(2)]
    for t in range(4):
        output, state = cell(x[:, t], state)
        theirs = [step(cell, x[b, t].tolist(), theirs[b]) for b in range(2)]
        expected = NTMState(*(torch.tensor(part, dtype=torch.float64) for part in zip(*theirs, strict=True)))
        assert gap(state, expected) <= TIGHT
        assert gap(output, expected.h) <= TIGHT


def test_it_begins_blank_with_both_heads_at_row_0():
    state = NTMCell(2, 4, ROWS, WIDTH).initial_state(torch.zeros(2, 2))
    assert [list(part.shape) for part in state] == [[2, 4], [2, 3], [2, 5, 3], [2, 5], [2, 5]]
    assert float(state.memory.min()) == float(state.memory.max()) > 0
    for weights in (state.read_weights, state.write_weights):
        assert weights.tolist() == [[1, 0, 0, 0, 0]] * 2


def tape(cell):
    """Weights of a tape recorder: every step writes 1 at the writing head and moves it one row on."""
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.zero_()
        bias = cell.heads.bias
        parts = bias[: 2 * (cell.row_size + 6)].view(2, -1)[:, cell.row_size :]
        parts[:, 1] = -1e3  # the gate is shut: nothing by content
        parts[0, 3] = parts[1, 4] = 1e3  # the reading head stays, the writing head moves on
        bias[-2 * cell.row_size :] = 1e3  # erase all, add 1
    return cell


def test_a_tape_recorder_set_by_hand():
    """After three steps rows 1 to 3 hold 1; the reading head has not moved, and its row is blank."""
    runner, x = Recurrent(tape(NTMCell(2, 4, ROWS, WIDTH).double())), random(2, 3, 2)
    _, state = runner(x)
    ones = torch.zeros(2, ROWS, dtype=torch.float64)
    ones[:, 1:4] = 1
    expected = torch.full((2, ROWS, WIDTH), 0.1, dtype=torch.float64)
    assert gap(state.memory, expected.where(ones[..., None] == 0, ones[..., None])) <= TIGHT
    assert gap(state.write_weights, nn.functional.one_hot(torch.tensor([3, 3]), ROWS).double()) <= TIGHT
    assert gap(state.r, expected[:, 0]) <= TIGHT


def test_what_lies_in_the_memory_before_the_last_step_reaches_its_output():
    """And no other way leads from step to step but memory, addresses and what was read."""
    cell, x = fill(NTMCell(2, 4, ROWS, WIDTH).double()), random(2, 2, seed=3)
    state = cell(x, cell(x)[1])[1]
    before = cell(x, state)[0]
    for name in ("r", "memory", "read_weights"):
        other = state._replace(**{name: getattr(state, name).flip(0)})
        assert gap(cell(x, other)[0], before) > 1e-3
    assert gap(cell(x, state._replace(h=state.h + 1))[0], before) <= TIGHT


def test_no_nan_for_a_memory_and_keys_of_zeros():
    """A state that somebody erased: everything 0 but the addresses, and all weights 0."""
    cell, x = NTMCell(2, 4, ROWS, WIDTH), torch.zeros(2, 3, 2)
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.zero_()
    begin = cell.initial_state(x)
    outputs, state = Recurrent(cell)(x, begin._replace(memory=0 * begin.memory))
    gradients = torch.autograd.grad(
        outputs.sum() + sum(part.sum() for part in state), list(cell.parameters())
    )
    assert all(bool(torch.isfinite(value).all()) for value in (outputs, *state, *gradients))


def test_it_learns_to_repeat_a_bit_that_was_shown_before():
    """x_1 is a bit, x_2 asks for it: the answer must come out of the memory, there is no other way."""
    torch.manual_seed(0)
    runner, read_out = Recurrent(NTMCell(2, 16, num_rows=4, row_size=3)), nn.Linear(16, 1)
    adam = torch.optim.Adam([*runner.parameters(), *read_out.parameters()], lr=0.02)
    draw, losses = generator(1), []
    for _ in range(150):
        bit = torch.randint(0, 2, (32, 1), generator=draw).float()
        x = torch.stack([torch.cat([2 * bit - 1, 0 * bit], 1), torch.cat([0 * bit, 1 + 0 * bit], 1)], 1)
        loss = nn.functional.binary_cross_entropy_with_logits(read_out(runner(x)[0][:, -1]), bit)
        adam.zero_grad()
        loss.backward()
        adam.step()
        losses.append(loss.item())
    assert losses[0] > 0.5
    assert sum(losses[-10:]) / 10 < 0.1


def test_the_number_of_weights():
    """Two heads of W + S + 3 numbers each, erase and add."""
    cell = NTMCell(5, 64, num_rows=20, row_size=10)
    assert sum(weight.numel() for weight in cell.parameters()) == 64 * 6 + 2 * 64 * 10 + 65 * (2 * 16 + 20)


@pytest.mark.errors
@pytest.mark.parametrize("shift", [-1, 1.0, None])
def test_wrong_shifts_are_refused(shift):
    with pytest.raises(ValueError, match="NTMCell: max_shift must be a whole number of at least 0, got"):
        NTMCell(2, 3, max_shift=shift)


@pytest.mark.errors
@pytest.mark.parametrize("name", NTMState._fields)
def test_every_part_of_the_state_is_checked(name):
    cell, x = NTMCell(2, 4, ROWS, WIDTH), torch.zeros(2, 2)
    state = cell.initial_state(x)
    with pytest.raises(ShapeError, match=rf"^NTMCell: {name} must have shape \[2, "):
        cell(x, state._replace(**{name: getattr(state, name)[:, :1]}))
    with pytest.raises(TypeError, match=rf"^NTMCell: {name} must be torch.float32 like the weights"):
        cell(x, state._replace(**{name: getattr(state, name).double()}))
    half = map_state(lambda part: part[:1], state)
    with pytest.raises(ShapeError, match=r"^NTMCell: h must have shape \[2, 4\], got \[1, 4\]"):
        cell(x, half)
