"""The autoregressive model against statsmodels, by hand, and against the definition of its roots."""

import math

import numpy as np
import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.data import sunspots
from seqgraph.timeseries import ARFit, ar_roots, ar_step, closed_loop, fit_ar
from tests.checks.numbers import TIGHT, random


def spots(first, last):
    years, numbers = sunspots()
    return numbers[(years >= first) & (years <= last)].double()


def model(intercept, *weights):
    return ARFit(*(torch.tensor(part, dtype=torch.float64) for part in (intercept, list(weights), 0.0)))


@pytest.mark.parametrize("order", [1, 2, 9, 20])
def test_equals_statsmodels(order):
    models = pytest.importorskip("statsmodels.tsa.ar_model", reason="statsmodels is not installed")
    series = spots(1700, 1919)
    theirs = models.AutoReg(series.numpy(), lags=order, trend="c").fit()
    ours = fit_ar(series, order)
    assert np.abs(theirs.params[1:] - ours.weights.numpy()).max() < 1e-8
    assert abs(theirs.params[0] - ours.intercept.item()) < 1e-8
    assert abs(theirs.sigma2 - ours.variance.item()) < 1e-8
    # statsmodels' roots are the reciprocals of ours.
    sizes = np.sort(1 / np.abs(theirs.roots))[::-1]
    assert np.abs(sizes - ar_roots(ours.weights).abs().numpy()).max() < 1e-8
    ahead = closed_loop(lambda window: ar_step(ours, window), series[None, -order:], 30)[0]
    assert np.abs(theirs.forecast(30) - ahead.numpy()).max() < 1e-8


def test_yules_years():
    """1749 to 1924 on the revised series; measured before with numpy."""
    fit = fit_ar(spots(1749, 1924), 2)
    assert fit.weights.tolist() == pytest.approx([1.33595, -0.64985], abs=5e-6)


def test_exact_series_give_exact_weights_and_no_variance():
    series = [1.0, 2.0]
    for _ in range(10):
        series.append(0.5 + series[-1] - 0.5 * series[-2])
    fit = fit_ar(torch.tensor(series, dtype=torch.float64), 2)
    assert abs(fit.intercept - 0.5) < 1e-9
    assert (fit.weights - torch.tensor([1.0, -0.5])).abs().max() < 1e-10
    assert fit.variance < 1e-20


@pytest.mark.parametrize("dtype", [torch.int64, torch.int32, torch.uint8])
def test_counts_are_fitted_like_the_same_numbers_as_floats(dtype):
    counts = torch.tensor([112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126], dtype=dtype)
    for ours, wanted in zip(fit_ar(counts, 2), fit_ar(counts.double(), 2), strict=True):
        assert ours.dtype == torch.get_default_dtype()
        assert (ours - wanted).abs().max() <= 1e-6 * wanted.abs().max()


def test_one_step_by_hand():
    window = torch.tensor([[10.0, 20.0], [0.0, 1.0]], dtype=torch.float64)
    assert ar_step(model(1.0, 2.0, -0.5), window).tolist() == [36.0, 3.0]
    assert ar_step(model(1.0, 2.0, -0.5), window[0]).item() == 36.0


def test_the_dtype_is_kept_and_float32_is_computed_in_float64():
    series = spots(1700, 1919)
    narrow, wide = fit_ar(series.float(), 9), fit_ar(series, 9)
    assert narrow.weights.dtype == torch.float32
    assert (narrow.weights - wide.weights).abs().max() < 1e-5


def test_roots_by_hand():
    """x^2 - x + 1/2: (1 +- i) / 2, of size sqrt(1/2) and angle 45 degrees; (x - 2)(x - 1/2)."""
    first, second = ar_roots(torch.tensor([1.0, -0.5], dtype=torch.float64))
    assert abs(first - (0.5 + 0.5j)) < TIGHT
    assert abs(second - (0.5 - 0.5j)) < TIGHT
    assert (
        ar_roots(torch.tensor([2.5, -1.0], dtype=torch.float64)) - torch.tensor([2.0, 0.5])
    ).abs().max() < TIGHT
    assert ar_roots(torch.tensor([0.3], dtype=torch.float64)).real.item() == pytest.approx(0.3, abs=TIGHT)


@pytest.mark.parametrize("order", [1, 2, 3, 6])
def test_roots_solve_the_equation_and_are_sorted(order):
    weights = 0.4 * random(order)
    roots = ar_roots(weights)
    left = roots**order - sum(weights[k] * roots ** (order - 1 - k) for k in range(order))
    assert left.abs().max() < 1e-10
    assert bool((roots.abs().diff() < 1e-9).all())


def test_a_pair_of_roots_tells_the_period_and_the_decay():
    """w = (1, -1/2): after a turn of 8 steps (1/2)^(8/2) is left."""
    root = ar_roots(torch.tensor([1.0, -0.5], dtype=torch.float64))[0]
    assert 2 * math.pi / root.angle().item() == pytest.approx(8, abs=1e-10)
    start = torch.tensor([[1.0, 1.0]], dtype=torch.float64)
    ahead = closed_loop(lambda window: ar_step(model(0.0, 1.0, -0.5), window), start, 10)[0]
    assert (ahead[8:] - ahead[:2] / 16).abs().max() < TIGHT


@pytest.mark.parametrize(
    ("weights", "dies"), [((1.3, -0.65), True), ((1.3, -1.05), False), ((0.2, 0.7), True)]
)
def test_the_past_dies_out_if_and_only_if_all_roots_are_inside(weights, dies):
    inside = bool((ar_roots(torch.tensor(weights, dtype=torch.float64)).abs() < 1).all())
    start = torch.tensor([[1.0, 2.0]], dtype=torch.float64)
    last = closed_loop(lambda window: ar_step(model(0.0, *weights), window), start, 300)[0, -20:].abs().max()
    assert inside == dies == (last.item() < 1e-3)


def test_fitting_finds_the_weights_of_a_long_noisy_series():
    noise, series = random(20000), [0.0, 0.0]
    for shock in noise.tolist():
        series.append(1.0 + 1.3 * series[-1] - 0.6 * series[-2] + shock)
    fit = fit_ar(torch.tensor(series, dtype=torch.float64), 2)
    assert fit.weights.tolist() == pytest.approx([1.3, -0.6], abs=0.02)
    assert fit.intercept.item() == pytest.approx(1.0, abs=0.05)
    assert fit.variance.item() == pytest.approx(1.0, abs=0.05)


@pytest.mark.errors
def test_wrong_arguments_are_refused():
    with pytest.raises(ShapeError, match=r"fit_ar: series must have shape \[N\], got \[2, 3\]"):
        fit_ar(torch.zeros(2, 3), 1)
    for order in (0, -1, 1.0, True):
        with pytest.raises(ValueError, match=r"fit_ar: order must be a whole number of at least 1, got"):
            fit_ar(torch.zeros(9), order)
    with pytest.raises(ValueError, match=r"fit_ar: order=3 needs at least 7 values, got 6"):
        fit_ar(torch.zeros(6), 3)
    with pytest.raises(ValueError, match=r"fit_ar: series must be finite, got 1 values"):
        fit_ar(torch.tensor([1.0, float("nan"), 2.0, 3.0, 1.0]), 1)
    with pytest.raises(
        ShapeError, match=r"ar_step: window must have shape \[..., 2\] \(2 weights\), got \[4, 3\]"
    ):
        ar_step(model(0.0, 1.0, 1.0), torch.zeros(4, 3, dtype=torch.float64))
    with pytest.raises(ShapeError, match=r"ar_roots: weights must have shape \[K\], got \[2, 2\]"):
        ar_roots(torch.zeros(2, 2))
