"""Truncated backpropagation against masked error terms, against detached chunks, and what it loses."""

import pytest
import torch

from seqgraph.computation import bptt, error_terms, kept_terms, truncated_bptt
from seqgraph.computation.bptt_double_sum import sum_terms
from seqgraph.recurrent import GRUCell, Recurrent
from tests.checks.numbers import TIGHT
from tests.seqgraph.computation.passes import H, I, T, one_pass, relative, step_losses

PAIRS = [(1, 1), (1, 3), (2, 2), (2, 5), (3, 3), (3, 4), (4, 7), (7, 7), (5, 20)]


@pytest.mark.parametrize(("every", "back"), PAIRS)
def test_it_is_the_sum_of_the_terms_that_are_kept(every, back):
    cell, x, h, direct = one_pass()
    kept = kept_terms(T, every, back)[None, :, :, None]
    expected = sum_terms(error_terms(cell, h, direct) * kept, x, h)
    found = truncated_bptt(cell, x, h, direct, every, back)
    assert all((a - b).abs().max() <= TIGHT for a, b in zip(found, expected, strict=True))


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7])
def test_equal_steps_are_detached_chunks(size):
    cell, x, h, direct = one_pass()
    state, outputs = None, []
    for chunk in x.split(size, dim=1):
        part, state = Recurrent(cell)(chunk, state)
        state = type(state)(state.h.detach())
        outputs.append(part)
    loss = step_losses(torch.cat(outputs, 1)).sum()
    expected = torch.autograd.grad(loss, [cell.W.weight, cell.U.weight, cell.W.bias])
    found = truncated_bptt(cell, x, h, direct, size, size)
    assert all((a - b).abs().max() <= TIGHT for a, b in zip(found, expected, strict=True))


@pytest.mark.parametrize("every", [1, 2, 7, 30])
def test_far_enough_back_nothing_is_lost(every):
    cell, x, h, direct = one_pass()
    assert relative(truncated_bptt(cell, x, h, direct, every, 30), bptt(cell, x, h, direct)) <= TIGHT


def test_a_loss_at_the_end_never_reaches_what_was_cut_off():
    cell, x, h, direct = one_pass()
    direct[:, :-1] = 0
    found = truncated_bptt(cell, x, h, direct, every=1, back=3)
    x_other = x.clone()
    x_other[:, : T - 3] += 1  # with the states held as they are, the far inputs do not matter
    assert relative(found, truncated_bptt(cell, x_other, h, direct, every=1, back=3)) <= TIGHT
    assert relative(bptt(cell, x, h, direct)[:1], bptt(cell, x_other, h, direct)[:1]) > 1e-3


def test_kept_terms_by_hand():
    assert kept_terms(5, 1, 2).int().tolist() == [
        [1, 0, 0, 0, 0],
        [1, 1, 0, 0, 0],
        [0, 1, 1, 0, 0],
        [0, 0, 1, 1, 0],
        [0, 0, 0, 1, 1],
    ]
    assert kept_terms(5, 2, 3).int().tolist() == [
        [1, 0, 0, 0, 0],
        [1, 1, 0, 0, 0],
        [0, 1, 1, 0, 0],
        [0, 1, 1, 1, 0],
        [0, 0, 0, 1, 1],  # the last block ends at 6, where the sequence has no step
    ]


@pytest.mark.parametrize(("every", "back"), PAIRS)
def test_every_loss_keeps_its_own_step_and_at_most_back_steps(every, back):
    kept = kept_terms(11, every, back)
    assert bool(kept.diagonal().all())
    whole = kept[: 11 - 11 % every].sum(1)  # without a last block that is cut short
    assert int(whole.max()) == min(back, len(whole))
    assert int(whole.min()) >= 1
    for t, row in enumerate(kept.tolist()):
        block = t // every + 1
        assert row == [block * every - back < k + 1 and k <= t for k in range(11)]


@pytest.mark.errors
@pytest.mark.parametrize(
    ("every", "back", "message"),
    [
        (0, 1, "every must be a whole number of at least 1, got 0"),
        (1, 0, "back must be a whole number of at least 1, got 0"),
        (1, 2.0, "back must be a whole number of at least 1, got 2.0"),
        (3, 2, "back must be at least every=3, or losses are lost, got 2"),
    ],
)
def test_wrong_sizes_are_refused(every, back, message):
    with pytest.raises(ValueError, match=f"kept_terms: {message}"):
        kept_terms(5, every, back)
    with pytest.raises(ValueError, match=f"truncated_bptt: {message}"):
        truncated_bptt(*one_pass(), every, back)


@pytest.mark.errors
def test_wrong_tensors_are_refused():
    cell, x, h, direct = one_pass()
    with pytest.raises(ValueError, match="kept_terms: length must be a whole number of at least 1, got 0"):
        kept_terms(0, 1, 1)
    with pytest.raises(TypeError, match="truncated_bptt: cell must be an SRNCell"):
        truncated_bptt(GRUCell(I, H).double(), x, h, direct, 1, 1)
    with pytest.raises(ValueError, match="truncated_bptt: h must have shape"):
        truncated_bptt(cell, x[:, 1:], h, direct, 1, 1)
