"""The most bytes that live at one moment, against sums by hand and a network."""

import math
from functools import partial

import torch
from torch.utils.checkpoint import checkpoint

from seqgraph.diagnostics import peak_bytes
from seqgraph.recurrent import Recurrent, SRNCell
from tests.checks.numbers import random

x = torch.zeros(100)


def test_all_that_lives_is_added_up():
    assert peak_bytes(lambda: [x + 1, x + 2, x + 3]) == 1200


def test_what_has_died_is_not():
    def chain():
        y = x + 1
        for _ in range(5):
            y = y * 2
        return y

    assert peak_bytes(chain) == 800  # one comes while the last still lives


def test_the_peak_counts_and_not_the_end():
    def up_and_down():
        many = [x + number for number in range(7)]
        del many
        return x + 1

    assert peak_bytes(up_and_down) == 2800


def test_views_and_changes_in_place_cost_nothing():
    def look():
        y = x + 1
        y.add_(1)
        return [y[:50], y.view(10, 10), y.T if y.dim() == 2 else y[None]]

    assert peak_bytes(look) == 400


def test_what_was_there_is_not_counted():
    big = torch.zeros(10**6)
    assert peak_bytes(lambda: big[3] + 1) == 4
    assert peak_bytes(lambda: big.add_(1)) == 0


def test_nothing_costs_nothing():
    assert peak_bytes(lambda: None) == 0


def full(cell, x):
    Recurrent(cell)(x)[1].h.square().sum().backward()


def by_chunks(cell, x):
    def run(part, state):
        return Recurrent(cell)(part, state)[1]

    state = cell.initial_state(x)
    for part in x.split(round(math.sqrt(x.shape[1])), 1):
        state = checkpoint(run, part, state, use_reentrant=False)
    state.h.square().sum().backward()


def test_the_memory_of_a_gradient_grows_with_time_and_checkpoints_save_it():
    cell, xs = SRNCell(2, 8).double(), [random(16, T, 2) for T in (64, 256)]
    peaks = {way: [peak_bytes(partial(way, cell, x)) for x in xs] for way in (full, by_chunks)}
    assert 3.5 < peaks[full][1] / peaks[full][0] < 4.1
    assert 1.5 < peaks[by_chunks][1] / peaks[by_chunks][0] < 2.4
    assert peaks[by_chunks][1] < peaks[full][1] / 5


def test_it_is_the_same_at_each_call():
    cell, x = SRNCell(2, 8).double(), random(4, 10, 2)
    full(cell, x)
    assert len({peak_bytes(lambda: full(cell, x)) for _ in range(3)}) == 1
