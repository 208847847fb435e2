"""The sunspot numbers are those of statsmodels, and Yule's model comes out again."""

import sys

import numpy as np
import pytest
import torch

from seqgraph.data import sunspots
from tests.checks.numbers import same_bits

pytest.importorskip("statsmodels", reason="statsmodels is not installed")


def test_years_and_numbers():
    years, numbers = sunspots()
    assert same_bits(years, torch.arange(1700, 2009))
    assert numbers.shape == years.shape
    assert numbers.dtype == torch.float32
    assert bool((numbers >= 0).all())
    assert numbers[:4].tolist() == [5, 11, 16, 23]
    assert abs(numbers[years == 1957].item() - 190.2) < 1e-4  # the largest
    assert numbers.argmax() == 257


def test_yules_autoregression():
    """An AR(2) for 1749 to 1924; Yule found 1.3425 and -0.6550, the series was revised since."""
    years, numbers = sunspots()
    series = numbers[(years >= 1749) & (years <= 1924)].double()
    last, before, y = series[1:-1], series[:-2], series[2:]
    table = np.column_stack([last, before, np.ones(len(y))])
    found = np.linalg.lstsq(table, y.numpy(), rcond=None)[0]
    assert np.abs(found[:2] - [1.3360, -0.6499]).max() < 1e-3


@pytest.mark.errors
def test_without_statsmodels_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "statsmodels.datasets", None)
    with pytest.raises(ImportError, match=r"sunspots needs statsmodels: pip install '.\[data\]'"):
        sunspots()
