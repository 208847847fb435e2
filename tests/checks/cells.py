"""The list of checks for every cell and wrapped cell, and for every runner."""

import torch

from seqgraph.recurrent import Bidirectional, Recurrent, Stack
from tests.checks import keeping, runners
from tests.checks.numbers import TIGHT, flip_each, gap, random, same_bits
from tests.checks.runners import LENGTHS, B, Build, H, I, T, start


def check_step_is_forward(build: Build) -> None:
    cell, x = build(), random(B, T, I)
    state = start(Recurrent(cell), x)
    outputs, last = Recurrent(cell)(x, state)
    for t in range(T):
        by_step, after = cell.step(cell.project(x[:, t]), state)
        output, state = cell(x[:, t], state)
        assert output.shape == (B, H)
        assert same_bits(output, cell.hidden(state))
        assert gap((output, state), (by_step, after)) <= TIGHT
        assert gap(output, outputs[:, t]) <= TIGHT
    assert gap(state, last) <= TIGHT


def check_initial_state(build: Build) -> None:
    """No state means the initial one, for a cell and for its runner."""
    cell, x = build(), random(B, T, I)
    for call, values in ((cell, x[:, 0]), (Recurrent(cell), x)):
        torch.manual_seed(2)
        without = call(values)
        torch.manual_seed(2)
        assert gap(without, call(values, cell.initial_state(values))) <= TIGHT
    assert torch.count_nonzero(cell.hidden(cell.initial_state(x))) == 0


def check_with_hidden(build: Build) -> None:
    cell, x = build(), random(B, T, I)
    state = start(Recurrent(cell), x)
    changed = cell.with_hidden(state, random(B, H, seed=4))
    assert same_bits(cell.hidden(changed), random(B, H, seed=4))
    assert same_bits(cell.with_hidden(changed, cell.hidden(state)), state)


def check_reverse(build: Build) -> None:
    """Reading backward is to turn each sequence round, within its length, before and after."""
    cell, x = build(), random(B, T, I)
    state = start(Recurrent(cell), x)
    for lengths, whole in ((None, [T] * B), (LENGTHS, LENGTHS)):
        outputs, last = Recurrent(cell, reverse=True)(x, state, lengths)
        forward, its_last = Recurrent(cell)(flip_each(x, whole), state, lengths)
        assert gap(outputs, flip_each(forward, whole)) <= TIGHT
        assert gap(last, its_last) <= TIGHT


def check_inside_runners(build: Build) -> None:
    """Stacked and bidirectional networks are the same steps written out."""
    one, two, above, x = build(), build(), build(H, 2), random(B, T, I)
    states = [start(Recurrent(cell), x) for cell in (one, two)]
    ahead, last = Recurrent(one)(x, states[0], LENGTHS)
    back, its_last = Recurrent(two, reverse=True)(x, states[1], LENGTHS)
    both = Bidirectional(one, two)(x, tuple(states), LENGTHS)
    assert gap(tuple(both), (torch.cat([ahead, back], dim=-1), type(both[1])(last, its_last))) <= TIGHT
    upper = start(Recurrent(above), ahead)
    stacked = Stack([one, above])(x, (states[0], upper), LENGTHS)
    assert gap(stacked[0], Recurrent(above)(ahead, upper, LENGTHS)[0]) <= TIGHT


RUNNER_CHECKS = [
    runners.check_shapes,
    runners.check_padding_is_silent,
    runners.check_padding_never_matters,
    runners.check_lengths_as_list_or_tensor,
    runners.check_batch_independence,
    runners.check_gradients,
    keeping.check_copies,
    keeping.check_dtypes,
    keeping.check_deterministic,
]
CONTINUED_RUNNER_CHECKS = [*RUNNER_CHECKS, runners.check_continuation]
CELL_CHECKS = [
    check_step_is_forward,
    check_initial_state,
    check_with_hidden,
    check_reverse,
    check_inside_runners,
]
