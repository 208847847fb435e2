"""The adding problem: what stands in a batch, how it is distributed, and its baseline."""

import pytest
import torch

from seqgraph.data import adding_problem
from tests.checks.numbers import generator


@pytest.mark.parametrize("length", [2, 3, 10, 101])
def test_one_mark_in_each_half_and_their_sum(length):
    x, y = adding_problem(200, length, generator())
    assert x.shape == (200, length, 2)
    assert y.shape == (200,)
    values, markers = x.unbind(-1)
    half = length // 2
    assert set(markers.unique().tolist()) <= {0.0, 1.0}
    assert bool((markers[:, :half].sum(1) == 1).all())
    assert bool((markers[:, half:].sum(1) == 1).all())
    assert bool(((values >= 0) & (values < 1)).all())
    for b in range(200):
        marked = [u for u, m in x[b].tolist() if m]
        assert abs(sum(marked) - y[b].item()) < 1e-6


def test_every_place_of_a_half_is_marked_equally_often():
    markers = adding_problem(20000, 5, generator())[0][..., 1].mean(0)
    expected = torch.tensor([1 / 2, 1 / 2, 1 / 3, 1 / 3, 1 / 3])
    assert (markers - expected).abs().max() < 0.02


def test_the_baseline_is_one_sixth():
    _, y = adding_problem(50000, 20, generator())
    assert abs(y.mean() - 1) < 0.01
    assert abs(y.var() - 1 / 6) < 0.005
    assert abs(((y - 1) ** 2).mean() - 1 / 6) < 0.005


@pytest.mark.errors
def test_two_marks_need_two_steps():
    with pytest.raises(
        ValueError, match="adding_problem: length must be a whole number of at least 2, got 1"
    ):
        adding_problem(4, 1, generator())
