"""The encoder is two recurrent networks of the library, and padding changes nothing."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.recurrent import Bidirectional, GRUResetAfterCell
from seqgraph.seq2seq import Encoder
from tests.checks.numbers import DEVICES, TIGHT, fill, same_bits

SOURCE = torch.tensor([[5, 7, 4, 2], [6, 2, 0, 0], [4, 4, 2, 0]])


def make():
    return fill(Encoder(8, 3, 5).double())


def test_it_is_the_librarys_bidirectional_gru_on_embeddings():
    encoder = make()
    cells = [GRUResetAfterCell.from_torch(encoder.rnn, reverse=reverse).double() for reverse in (False, True)]
    outputs, state = Bidirectional(*cells)(encoder.embedding(SOURCE), lengths=[4, 2, 3])
    memory = encoder(SOURCE)
    assert (memory.keys - outputs).abs().max() <= TIGHT
    last = torch.cat([state.forward.h, state.backward.h], dim=-1)
    assert (memory.last - last).abs().max() <= TIGHT
    assert same_bits(memory.mask, SOURCE != 0)


@pytest.mark.parametrize("device", DEVICES)
def test_padding_and_neighbours_do_not_matter(device):
    encoder = make().to(device)
    together = encoder(SOURCE.to(device))
    for row, length in enumerate((4, 2, 3)):
        alone = encoder(SOURCE[row : row + 1, :length].to(device))
        assert (together.keys[row, :length] - alone.keys[0]).abs().max() <= TIGHT
        assert (together.last[row] - alone.last[0]).abs().max() <= TIGHT
        assert bool((together.keys[row, length:] == 0).all())


def test_sizes_count_two_directions():
    encoder = make()
    assert encoder.output_size == 10
    assert encoder(SOURCE).keys.shape == (3, 4, 10)
    assert encoder(SOURCE).last.shape == (3, 10)


@pytest.mark.errors
def test_wrong_input_is_refused():
    with pytest.raises(ShapeError, match=r"source must have shape \[B, S\], got \[4\]"):
        make()(SOURCE[0])
    with pytest.raises(ValueError, match="at least one symbol a row, got a row of padding"):
        make()(torch.zeros(1, 3, dtype=torch.int64))
    with pytest.raises(ValueError, match="Encoder: hidden_size must be a whole number of at least 1, got 0"):
        Encoder(8, 3, 0)
