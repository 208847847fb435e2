"""Temporal XOR: every third bit follows from the two before it, and nothing else follows from anything."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from seqgraph.data import temporal_xor
from tests.checks.numbers import generator, same_bits


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 30, 31])
def test_inputs_are_signs_and_targets_are_the_next_bits(length):
    x, y = temporal_xor(50, length, generator())
    assert x.shape == (50, length, 1)
    assert y.shape == (50, length)
    assert y.dtype == torch.int64
    assert set(x.unique().tolist()) <= {-1.0, 1.0}
    assert set(y.unique().tolist()) <= {0, 1}
    assert same_bits((x[:, 1:, 0] > 0).long(), y[:, :-1])


def test_every_third_bit_is_the_exclusive_or():
    x, y = temporal_xor(200, 30, generator())
    bits = (x[..., 0] > 0).long()
    assert same_bits(y[:, 1::3], bits[:, 0::3] ^ bits[:, 1::3])


def test_the_other_bits_are_coins_that_the_two_before_do_not_tell():
    x, y = temporal_xor(20000, 8, generator())
    bits = (x[..., 0] > 0).long()
    for t in (2, 3, 5, 6):
        agree = (y[:, t] == (bits[:, t - 1] ^ bits[:, t])).float().mean()
        assert abs(agree - 0.5) < 0.02
    assert (y.float().mean(0) - 0.5).abs().max() < 0.02
    # and one bit alone does not tell the third
    for before in (0, 1):
        assert abs((y[:, 4] == bits[:, 3 + before]).float().mean() - 0.5) < 0.02


def test_the_same_seed_gives_the_same_batch():
    first, second = (temporal_xor(4, 9, generator(5)) for _ in range(2))
    assert same_bits(first, second)
    assert not same_bits(first[1], temporal_xor(4, 9, generator(6))[1])


def test_a_recurrent_network_learns_it():
    torch.manual_seed(0)
    source, rnn, V = generator(0), nn.GRU(1, 16, batch_first=True), nn.Linear(16, 2)
    adam = torch.optim.Adam([*rnn.parameters(), *V.parameters()], lr=0.02)
    for _ in range(250):
        x, y = temporal_xor(32, 12, source)
        adam.zero_grad()
        F.cross_entropy(V(rnn(x)[0]).flatten(0, 1), y.flatten()).backward()
        adam.step()
    x, y = temporal_xor(500, 12, source)
    right = (V(rnn(x)[0]).argmax(-1) == y).float().mean(0)
    assert right[1::3].min() > 0.95
    assert right[2::3].max() < 0.6


@pytest.mark.errors
@pytest.mark.parametrize(
    ("batch", "length", "name"), [(0, 5, "batch_size"), (2, 0, "length"), (2, 3.0, "length")]
)
def test_sizes_are_checked(batch, length, name):
    with pytest.raises(ValueError, match=f"temporal_xor: {name} must be a whole number of at least 1"):
        temporal_xor(batch, length, generator())


@pytest.mark.errors
def test_a_generator_is_needed():
    with pytest.raises(TypeError, match=r"temporal_xor: generator must be a torch\.Generator, got int"):
        temporal_xor(2, 3, 0)
