"""NARX: its features by hand, a linear one equals the autoregressive model, and it needs its input."""

import pytest
import torch
from torch import nn

from seqgraph.core import ShapeError
from seqgraph.data import driven_room
from seqgraph.timeseries import (
    NARX,
    ARFit,
    ar_step,
    closed_loop,
    fit_ar,
    least_squares,
    narx_features,
    origins,
)
from tests.checks.numbers import TIGHT, fill, generator, random


def test_features_by_hand():
    x = torch.tensor([[[10.0, 20.0], [11.0, 21.0], [12.0, 22.0], [13.0, 23.0]]])
    y = torch.tensor([[0.0, 1.0, 2.0, 3.0]])
    assert narx_features(x, y, 1, 2).tolist() == [[[12, 22, 11, 21, 1, 0], [13, 23, 12, 22, 2, 1]]]
    assert narx_features(x, y, 2, 0)[0, 0].tolist() == [12, 22, 11, 21, 10, 20]
    assert narx_features(x, y, 0, 3).tolist() == [[[13, 23, 2, 1, 0]]]
    assert narx_features(None, y, 0, 1).tolist() == [[[0], [1], [2]]]


def test_the_value_to_predict_is_never_among_the_features():
    x, y = random(1, 9, 2), random(1, 9, seed=5).requires_grad_()
    features = narx_features(x, y, 2, 3)
    for j in range(features.shape[1]):
        (gradient,) = torch.autograd.grad(features[0, j].sum(), y, retain_graph=True)
        assert gradient.nonzero()[:, 1].tolist() == [j, j + 1, j + 2]


@pytest.mark.parametrize("order", [1, 2, 9])
def test_a_linear_f_is_the_autoregressive_model(order):
    series = random(60).cumsum(0) / 5
    fit = fit_ar(series, order)
    f = nn.Linear(order, 1).double()
    with torch.no_grad():
        f.weight.copy_(fit.weights[None]), f.bias.copy_(fit.intercept[None])
    model, known = NARX(f, 0, order), origins(series, order, 1)[0]
    assert (model(None, series[None])[0] - ar_step(fit, known)).abs().max() < TIGHT
    ahead = closed_loop(lambda window: ar_step(fit, window), series[None, -order:], 12)
    assert (model.simulate(None, series[None], 12) - ahead).abs().max() < TIGHT
    # Least squares on its features finds the same weights.
    again = least_squares(narx_features(None, series[None], 0, order)[0], series[order:])
    assert (again.weight[0] - fit.weights).abs().max() < TIGHT


def test_weights_of_zero_on_the_input_leave_the_autoregressive_model():
    x, y = random(2, 30, 3), random(2, 30, seed=3)
    f = nn.Linear(3 * 3 + 2, 1).double()
    with torch.no_grad():
        f.weight[:, :9] = 0
    fit = ARFit(f.bias.detach()[0], f.weight.detach()[0, 9:], torch.tensor(0.0))
    expected = torch.stack([ar_step(fit, origins(series, 2, 1)[0]) for series in y])
    assert (NARX(f, 2, 2)(x, y) - expected).abs().max() < TIGHT


@pytest.mark.parametrize(("input_lags", "output_lags"), [(0, 1), (2, 1), (1, 3), (2, 0)])
def test_the_first_step_of_a_simulation_is_the_one_step_prediction(input_lags, output_lags):
    f = fill(
        nn.Sequential(nn.Linear(2 * (input_lags + 1) + output_lags, 4), nn.Tanh(), nn.Linear(4, 1))
    ).double()
    model, x, y = NARX(f, input_lags, output_lags), random(3, 12, 2), random(3, 12, seed=1)
    for known in range(model.start, 12):
        ahead = model.simulate(x, y[:, :known])
        assert ahead.shape == (3, 12 - known)
        assert (ahead[:, 0] - model(x, y)[:, known - model.start]).abs().max() < TIGHT
    # A simulation agrees with itself: fed its own forecasts as truth, one step gives the next of them.
    ahead = model.simulate(x, y[:, : model.start])
    whole = torch.cat([y[:, : model.start], ahead], dim=1)
    assert (model(x, whole) - ahead).abs().max() < TIGHT


def test_the_law_of_the_room_is_a_narx_model():
    class Law(nn.Module):
        def forward(self, a):  # x_t .. x_{t-3}, two numbers each, then y_{t-1}
            return a[..., 8:] + a[..., 6:7] - (0.05 + 0.15 * a[..., 1:2]) * a[..., 8:]

    x, y = driven_room(2, 60, generator(), noise=0.0)
    model = NARX(Law(), 3, 1)
    assert (model(x, y) - y[:, 3:]).abs().max() < 1e-5
    assert (model.simulate(x, y[:, :3]) - y[:, 3:]).abs().max() < 1e-4


def test_a_driven_series_needs_its_input():
    x, y = driven_room(20, 200, generator())

    def error(x, input_lags):
        features = narx_features(x, y, input_lags, 4).flatten(0, 1)
        layer = least_squares(features[: len(features) // 2], y[:, 4:].flatten()[: len(features) // 2])
        rest = layer(features)[:, 0] - y[:, 4:].flatten()
        return rest[len(rest) // 2 :].square().mean().item()

    assert error(x, 4) < 0.3 * error(None, 0)


@pytest.mark.errors
def test_wrong_arguments_are_refused():
    x, y, f = torch.zeros(2, 9, 3), torch.zeros(2, 9), nn.Linear(4, 1)
    with pytest.raises(ValueError, match=r"NARX: input_lags must be a whole number of at least 0, got -1"):
        NARX(f, -1, 1)
    with pytest.raises(ValueError, match=r"NARX: output_lags must be a whole number of at least 0, got 0.5"):
        NARX(f, 0, 0.5)
    with pytest.raises(ValueError, match=r"narx_features: output_lags must be a whole number of at least 1"):
        narx_features(None, y, 0, 0)
    with pytest.raises(ValueError, match=r"narx_features: input_lags must be 0 without x, got 2"):
        narx_features(None, y, 2, 1)
    with pytest.raises(ShapeError, match=r"y must have shape \[B, T\], got \[9\]"):
        narx_features(x, y[0], 0, 1)
    with pytest.raises(
        ShapeError, match=r"x must have shape \[2, 9, I\] \(as many sequences and steps as y\)"
    ):
        narx_features(x[:, 1:], y, 0, 1)
    with pytest.raises(ShapeError, match=r"narx_features: 9 lags need at least 10 steps, got 9"):
        narx_features(x, y, 9, 1)
    with pytest.raises(
        ShapeError, match=r"NARX: what f returns must have shape \[2, 8, 1\] \(one number a step\)"
    ):
        NARX(nn.Linear(4, 2), 0, 1)(x, y)
    model = NARX(f, 0, 1)
    with pytest.raises(ShapeError, match=r"NARX.simulate: y must have shape \[B, S\], got \[9\]"):
        model.simulate(x, y[0])
    with pytest.raises(ShapeError, match=r"NARX.simulate: x must be longer than y \(9 steps\), got 9"):
        model.simulate(x, y)
    with pytest.raises(ShapeError, match=r"NARX.simulate: y must hold at least 2 steps, got 1"):
        NARX(nn.Linear(5, 1), 0, 2).simulate(x, y[:, :1])
    with pytest.raises(
        ValueError, match=r"NARX.simulate: steps must be a whole number of at least 1, got None"
    ):
        NARX(nn.Linear(1, 1), 0, 1).simulate(None, y)
    with pytest.raises(
        ValueError, match=r"NARX.simulate: steps says how far without x; with x leave it out, got 3"
    ):
        model.simulate(x, y[:, :1], 3)
