"""Windows of a series."""

import pytest
import torch

from seqgraph.data import windows


@pytest.mark.parametrize("length", [1, 3, 9])
def test_each_window_and_its_next_value(length):
    series = torch.arange(10.0) ** 2
    x, y = windows(series, length)
    assert x.shape == (10 - length, length, 1)
    for b in range(10 - length):
        assert x[b, :, 0].tolist() == [float(t * t) for t in range(b, b + length)]
        assert y[b] == (b + length) ** 2


def test_windows_are_copies():
    series = torch.arange(5.0)
    x, y = windows(series, 2)
    x.add_(1)
    y.add_(1)
    assert series.tolist() == [0, 1, 2, 3, 4]
    assert x[0, 1, 0] == 2
    assert x[1, 0, 0] == 2


def test_nan_shows_where_it_stands():
    x, y = windows(torch.tensor([0.0, float("nan"), 2.0, 3.0]), 1)
    assert x.isnan().flatten().tolist() == [False, True, False]
    assert y.isnan().tolist() == [True, False, False]


@pytest.mark.errors
def test_wrong_arguments_are_refused():
    with pytest.raises(ValueError, match=r"windows: series must have shape \[N\], got \[2, 3\]"):
        windows(torch.zeros(2, 3), 1)
    with pytest.raises(ValueError, match=r"No axis may be empty"):
        windows(torch.zeros(0), 1)
    with pytest.raises(TypeError, match=r"series must be a torch.Tensor, got list"):
        windows([1.0, 2.0], 1)
    with pytest.raises(ValueError, match=r"length must be a whole number in 1..3 \(4 values\), got 4"):
        windows(torch.zeros(4), 4)
    for length in (0, -1, 2.0, True, None):
        with pytest.raises(
            ValueError, match=r"windows: length must be a whole number in 1..3 .4 values., got"
        ):
            windows(torch.zeros(4), length)
