"""The label that lies in the past: its definition, and who can know it."""

import pytest
import torch

from seqgraph.data import lag_detection
from tests.checks.numbers import generator


@pytest.mark.parametrize(("length", "lag"), [(1, 0), (9, 0), (9, 1), (9, 4), (9, 8)])
def test_the_label_is_the_sign_of_an_earlier_step(length, lag):
    x, y = lag_detection(50, length, lag, generator())
    assert x.shape == (50, length, 1)
    assert y.shape == (50, length)
    assert set(x.unique().tolist()) == {-1.0, 1.0}
    for b in range(50):
        for t in range(lag, length):
            assert y[b, t] == int(x[b, t - lag, 0] == 1)
    assert bool((y[:, :lag] == -100).all())


def test_given_the_last_steps_but_not_the_right_one_the_label_is_a_fair_coin():
    """For each of the 2^3 windows of 3 steps the label of lag 3 is 1 half of the time."""
    x, y = lag_detection(40000, 5, 3, generator())
    window = ((x[:, 2:, 0] > 0).long() * torch.tensor([4, 2, 1])).sum(1)
    shares = torch.stack([y[window == number, 4].double().mean() for number in range(8)])
    assert (shares - 0.5).abs().max() < 0.04


@pytest.mark.errors
def test_wrong_arguments_are_refused():
    with pytest.raises(ValueError, match=r"lag_detection: batch_size must be a whole number of at least 1"):
        lag_detection(0, 5, 1, generator())
    with pytest.raises(
        ValueError, match=r"lag_detection: length must be a whole number of at least 1, got 0"
    ):
        lag_detection(2, 0, 0, generator())
    for lag in (-1, 1.0, True, None):
        with pytest.raises(ValueError, match=rf"lag must be a whole number in 0\.\.4 .*, got {lag}"):
            lag_detection(2, 5, lag, generator())
    with pytest.raises(ValueError, match=r"lag_detection: lag must be a whole number in 0\.\.4 .*, got 5"):
        lag_detection(2, 5, 5, generator())
    with pytest.raises(TypeError, match=r"lag_detection: generator must be a torch.Generator, got int"):
        lag_detection(2, 5, 1, 0)
