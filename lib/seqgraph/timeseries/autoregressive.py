"""The autoregressive model: the next value from the last ones."""

from typing import NamedTuple

import torch
from jaxtyping import Complex, Float, Real
from torch import Tensor

from seqgraph.core.expect import expect, expect_finite, expect_size
from seqgraph.timeseries.least_squares import least_squares


class ARFit(NamedTuple):
    """The weights of an autoregressive model."""

    intercept: Float[Tensor, ""]
    """w_0, the constant."""
    weights: Float[Tensor, " K"]
    """w_1, ..., w_K: the first belongs to the last value, w_K to the value K steps back."""
    variance: Float[Tensor, ""]
    """The mean squared error on the values that it was fitted to: the estimate of sigma^2."""


def fit_ar(series: Real[Tensor, " N"], order: int) -> ARFit:
    r"""Fit an autoregressive model (自回归模型) by least squares.

    .. math:: y_t = w_0 + \sum_{k=1}^{K} w_k y_{t-k} + \epsilon_t, \qquad \epsilon_t \sim N(0, \sigma^2)

    The first K values are given, not predicted: the sum of squares has N - K terms and sigma^2 is their mean.

    Args:
        series: the values in order of time, at least 2 K + 1 of them; whole numbers are read as floats.
        order: K, how many values back the model sees, at least 1.

    Raises:
        ValueError: the series is too short for the order, or a value is NaN or infinite.

    Source:
        [yule1927periodicities]

    Example:
        >>> fit = fit_ar(torch.tensor([1.0, 2.0, 4.0, 8.0, 16.0]), 1)
        >>> round(fit.weights.item(), 4)
        2.0
    """
    expect("fit_ar", "series", series, ("N",))
    expect_size("fit_ar", "order", order)
    if len(series) < 2 * order + 1:
        raise ValueError(
            f"fit_ar: order={order} needs at least {2 * order + 1} values, got {len(series)}."
        )
    expect_finite("fit_ar", "series", series)
    dtype = series.dtype if series.is_floating_point() else torch.get_default_dtype()
    series = series.double()
    window, target = series.unfold(0, order, 1)[:-1], series[order:]
    layer = least_squares(window.flip(1), target)
    fit = ARFit(layer.bias.detach()[0], layer.weight.detach()[0], target.new_zeros(()))
    variance = (ar_step(fit, window) - target).square().mean()
    return ARFit(*(part.to(dtype) for part in fit._replace(variance=variance)))


def ar_step(fit: ARFit, window: Float[Tensor, "... K"]) -> Float[Tensor, "..."]:
    r"""The next value after each window, without noise.

    .. math:: \hat y_t = w_0 + \sum_{k=1}^{K} w_k y_{t-k}

    Args:
        fit: the weights.
        window: the last K values, ``[..., K]``, the oldest first.

    Example:
        >>> fit = ARFit(torch.tensor(1.0), torch.tensor([2.0, -0.5]), torch.tensor(0.0))
        >>> ar_step(fit, torch.tensor([10.0, 20.0])).item()  # 1 + 2 * 20 - 0.5 * 10
        36.0
    """
    order = len(fit.weights)
    expect(
        "ar_step",
        "window",
        window,
        (*["..."] * (window.dim() - 1), order),
        f"{order} weights",
    )
    return fit.intercept + window.flip(-1) @ fit.weights


def ar_roots(weights: Float[Tensor, " K"]) -> Complex[Tensor, " K"]:
    r"""The K characteristic roots (特征根) of an autoregressive model, the largest first.

    .. math:: \lambda^K - w_1 \lambda^{K-1} - \cdots - w_{K-1} \lambda - w_K = 0

    What is left of the past after n steps is a sum of terms lambda^n: it dies out if and only if all roots
    lie *inside* the unit circle (单位圆). A pair r exp(+-i phi) is an oscillation with 2 pi / phi steps a
    turn, of which the share r is left after each step. They are eigenvalues of the companion matrix (友矩阵).

    Args:
        weights: w_1, ..., w_K.

    Differs:
        statsmodels' ``AutoReg`` has the roots z = 1 / lambda: there they must lie *outside* the unit circle.

    Example:
        >>> [f"{root:.2f}" for root in ar_roots(torch.tensor([0.0, -0.25])).tolist()]
        ['0.00+0.50j', '0.00-0.50j']
    """
    expect("ar_roots", "weights", weights, ("K",))
    companion = torch.diag(torch.ones(len(weights) - 1), -1).to(weights)
    companion[0] = weights
    roots = torch.linalg.eigvals(companion)
    order = sorted(
        range(len(roots)),
        key=lambda i: (-round(abs(roots[i].item()), 9), -roots[i].imag.item()),
    )
    return roots[order]
