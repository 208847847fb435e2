"""Forecasts of several steps: by hand, against true values, and without a look ahead."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.timeseries import closed_loop, origins, persistence
from tests.checks.numbers import random, same_bits


def test_predictions_enter_the_window():
    seen = []

    def predict(window):
        seen.append(window.tolist())
        return 2 * window[:, 0] + window[:, 1]

    ahead = closed_loop(predict, torch.tensor([[1.0, 2.0], [0.0, 1.0]]), 3)
    assert ahead.tolist() == [[4.0, 8.0, 16.0], [1.0, 3.0, 5.0]]
    assert seen == [[[1, 2], [0, 1]], [[2, 4], [1, 1]], [[4, 8], [1, 3]]]


def test_the_window_is_left_as_it_was():
    window = torch.ones(2, 3)
    closed_loop(persistence, window, 4).add_(1)
    assert window.tolist() == [[1.0] * 3] * 2


def test_persistence_stays_at_the_last_value():
    window = random(5, 4)
    assert same_bits(persistence(window), window[:, 3])
    assert same_bits(closed_loop(persistence, window, 3), window[:, 3:].expand(5, 3))


@pytest.mark.parametrize(("order", "steps"), [(1, 1), (3, 2), (6, 4)])
def test_origins_are_all_moments_and_nothing_known_comes_later(order, steps):
    known, came = origins(torch.arange(10.0), order, steps)
    assert len(known) == len(came) == 10 - order - steps + 1
    for p in range(len(known)):
        assert known[p].tolist() == [float(p + i) for i in range(order)]
        assert came[p].tolist() == [float(p + order + i) for i in range(steps)]


@pytest.mark.errors
def test_wrong_arguments_are_refused():
    with pytest.raises(ShapeError, match=r"closed_loop: window must have shape \[B, K\], got \[3\]"):
        closed_loop(persistence, torch.zeros(3), 1)
    with pytest.raises(ValueError, match=r"closed_loop: steps must be a whole number of at least 1, got 0"):
        closed_loop(persistence, torch.zeros(1, 3), 0)
    with pytest.raises(
        ShapeError, match=r"what predict returns must have shape \[2\] \(one value a window\)"
    ):
        closed_loop(lambda window: window[:, :1], torch.zeros(2, 3), 1)
    with pytest.raises(ShapeError, match=r"origins: series must have shape \[N\], got \[1, 9\]"):
        origins(torch.zeros(1, 9), 1, 1)
    with pytest.raises(ValueError, match=r"origins: order must be a whole number of at least 1, got 0"):
        origins(torch.zeros(9), 0, 1)
    with pytest.raises(ValueError, match=r"origins: steps must be a whole number of at least 1, got 1.5"):
        origins(torch.zeros(9), 1, 1.5)
    with pytest.raises(ValueError, match=r"origins: order=3 and steps=2 need 5 values, got 4"):
        origins(torch.zeros(4), 3, 2)
