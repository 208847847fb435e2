"""Name the first symbol: what stands in a batch, and that a network can learn it."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from seqgraph.data import first_symbol
from seqgraph.recurrent import LastOutput, Recurrent, SRNCell
from tests.checks.numbers import generator, same_bits


@pytest.mark.parametrize(("length", "num_symbols"), [(1, 2), (20, 4), (7, 5)])
def test_one_hot_symbols_and_the_first_is_the_answer(length, num_symbols):
    x, y = first_symbol(50, length, num_symbols, generator())
    assert x.shape == (50, length, num_symbols)
    assert y.dtype == torch.int64
    assert bool((x.sum(-1) == 1).all())
    assert set(x.unique().tolist()) <= {0.0, 1.0}
    assert same_bits(x[:, 0].argmax(-1), y)


def test_symbols_are_uniform_and_the_rest_tells_nothing():
    x, y = first_symbol(20000, 3, 4, generator())
    assert (x.mean(0) - 0.25).abs().max() < 0.02
    together = torch.stack([x[y == answer, 1:].mean(0) for answer in range(4)])
    assert (together - 0.25).abs().max() < 0.03


def test_an_srn_with_an_orthogonal_matrix_learns_it():
    torch.manual_seed(0)
    source, cell = generator(0), SRNCell(4, 32)
    nn.init.orthogonal_(cell.U.weight)
    model = LastOutput(Recurrent(cell), 4)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    for _ in range(200):
        x, y = first_symbol(64, 10, 4, source)
        optimizer.zero_grad()
        F.cross_entropy(model(x), y).backward()
        optimizer.step()
    x, y = first_symbol(1000, 10, 4, source)
    assert (model(x).argmax(-1) == y).float().mean() > 0.9


@pytest.mark.errors
@pytest.mark.parametrize("num_symbols", [1, 0, -2, 2.0, True, None])
def test_there_must_be_a_choice(num_symbols):
    message = "first_symbol: num_symbols must be a whole number of at least 2, got"
    with pytest.raises(ValueError, match=message):
        first_symbol(4, 9, num_symbols, generator())
