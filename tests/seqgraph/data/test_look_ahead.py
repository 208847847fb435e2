"""The label that lies ahead: its definition, and who can know it."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from seqgraph.data import look_ahead
from seqgraph.recurrent import Bidirectional, GRUCell, Recurrent
from tests.checks.numbers import generator


@pytest.mark.parametrize(("length", "ahead"), [(2, 1), (9, 1), (9, 4), (9, 8)])
def test_the_label_compares_with_the_step_ahead(length, ahead):
    x, y = look_ahead(50, length, ahead, generator())
    assert x.shape == (50, length, 1)
    assert y.shape == (50, length)
    assert set(x.unique().tolist()) == {-1.0, 1.0}
    signs = x[..., 0].tolist()
    for b in range(50):
        for t in range(length - ahead):
            assert y[b, t] == int(signs[b][t] == signs[b][t + ahead])
    assert bool((y[:, length - ahead :] == -100).all())


def test_given_the_past_the_label_is_a_fair_coin():
    """For each of the 2^4 pasts of step 4 the label is 1 half of the time."""
    x, y = look_ahead(40000, 6, 2, generator())
    past = ((x[:, :4, 0] > 0).long() * torch.tensor([8, 4, 2, 1])).sum(1)
    shares = torch.stack([y[past == number, 3].double().mean() for number in range(16)])
    assert (shares - 0.5).abs().max() < 0.05


def accuracy(runner, steps=150):
    source, read_out = generator(1), nn.Linear(runner.output_size, 2)
    optimizer = torch.optim.Adam([*runner.parameters(), *read_out.parameters()], lr=1e-2)
    for _ in range(steps):
        x, y = look_ahead(64, 12, 2, source)
        optimizer.zero_grad()
        F.cross_entropy(read_out(runner(x)[0]).flatten(0, 1), y.flatten()).backward()
        optimizer.step()
    x, y = look_ahead(1000, 12, 2, source)
    right = read_out(runner(x)[0]).argmax(-1) == y
    return right[y >= 0].double().mean().item()


def test_one_direction_stays_at_chance_and_two_are_always_right():
    torch.manual_seed(0)
    assert abs(accuracy(Recurrent(GRUCell(1, 16))) - 0.5) < 0.03
    assert accuracy(Bidirectional(GRUCell(1, 16), GRUCell(1, 16))) > 0.99


@pytest.mark.errors
def test_a_sequence_must_have_a_step_ahead():
    with pytest.raises(ValueError, match="look_ahead: length must be a whole number of at least 2, got 1"):
        look_ahead(4, 1, 1, generator())
    for ahead in (9, 20, 0, -1, 1.0, True, None):
        with pytest.raises(
            ValueError, match=rf"ahead must be a whole number in 1..8 .length=9., got {ahead}"
        ):
            look_ahead(4, 9, ahead, generator())
