"""The autoregressive model: the next value from the last ones."""

from typing import NamedTuple

import torch
from jaxtyping import Complex, Float
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


def fit_ar(series: Float[Tensor, " N"], order: int) -> ARFit:
    r"""Fit an autoregressive model (自回归模型) by least squares.

    .. math:: y_t = w_0 + \sum_{k=1}^{K} w_k y_{t-k} + \epsilon_t, \qquad \epsilon_t \sim N(0, \sigma^2)

    Where:
        K is ``order``. The first K values are given, not predicted (conditional least squares), so the sum
        of squares has N - K terms and sigma^2 is their mean.

    Shape:
        series ``[N]``; weights ``[K]``.

    Args:
        series: the values in order of time, at least 2 K + 1 of them.
        order: K, how many values back the model sees, at least 1.

    Returns:
        :class:`ARFit`, in the dtype of the series.

    Raises:
        ShapeError: series has not one axis.
        ValueError: order is below 1, the series is too short for it, or a value is NaN or infinite.

    Source:
        [yule1927periodicities]

    Example:
        >>> import torch
        >>> fit = fit_ar(torch.tensor([1.0, 2.0, 4.0, 8.0, 16.0]), 1)
        >>> round(fit.weights.item(), 4)
        2.0
    """
    expect("fit_ar", "series", series, ("N",))
    expect_size("fit_ar", "order", order)
    if len(series) < 2 * order + 1:
        raise ValueError(f"fit_ar: order={order} needs at least {2 * order + 1} values, got {len(series)}.")
    expect_finite("fit_ar", "series", series)
    window = series.unfold(0, order, 1)[:-1]
    target = series[order:]
    layer = least_squares(window.flip(1).double(), target.double())
    fit = ARFit(layer.bias.detach()[0], layer.weight.detach()[0], target.double().new_zeros(()))
    variance = (ar_step(fit, window.double()) - target).square().mean()
    return ARFit(*(part.to(series) for part in fit._replace(variance=variance)))


def ar_step(fit: ARFit, window: Float[Tensor, "... K"]) -> Float[Tensor, "..."]:
    r"""The next value after each window, without noise.

    .. math:: \hat y_t = w_0 + \sum_{k=1}^{K} w_k y_{t-k}

    Where:
        the last entry of a window is y_{t-1}, the first is y_{t-K}: in order of time.

    Shape:
        window ``[..., K]``; result ``[...]``.

    Args:
        fit: the weights.
        window: the last K values before the one to predict, the oldest first.

    Returns:
        One value for each window.

    Raises:
        ShapeError: the windows have not K values.

    Source:
        [yule1927periodicities]

    Example:
        >>> import torch
        >>> fit = ARFit(torch.tensor(1.0), torch.tensor([2.0, -0.5]), torch.tensor(0.0))
        >>> ar_step(fit, torch.tensor([10.0, 20.0])).item()  # 1 + 2 * 20 - 0.5 * 10
        36.0
    """
    order = len(fit.weights)
    expect("ar_step", "window", window, (*["..."] * (window.dim() - 1), order), f"{order} weights")
    return fit.intercept + window.flip(-1) @ fit.weights


def ar_roots(weights: Float[Tensor, " K"]) -> Complex[Tensor, " K"]:
    r"""The characteristic roots (特征根) of an autoregressive model, the largest first.

    .. math:: \lambda^K - w_1 \lambda^{K-1} - \cdots - w_{K-1} \lambda - w_K = 0

    Where:
        what is left of the past after n steps is a sum of terms lambda^n. It dies out if and only if all
        roots lie *inside* the unit circle (单位圆). A pair r exp(+-i phi) is an oscillation with
        2 pi / phi steps a turn, of which the share r is left after each step.

    Shape:
        weights ``[K]``; roots ``[K]``, complex.

    Args:
        weights: w_1, ..., w_K.

    Returns:
        The K roots, sorted by size; of a pair the one with the positive imaginary part comes first. They are
        the eigenvalues of the companion matrix (友矩阵).

    Raises:
        ShapeError: weights has not one axis.

    Differs:
        statsmodels' ``AutoReg`` writes 1 - w_1 z - ... - w_K z^K = 0, whose roots are z = 1 / lambda: there
        the model is stable if all roots lie *outside* the unit circle.

    Example:
        >>> import torch
        >>> [f"{root:.2f}" for root in ar_roots(torch.tensor([0.0, -0.25])).tolist()]
        ['0.00+0.50j', '0.00-0.50j']
    """
    expect("ar_roots", "weights", weights, ("K",))
    companion = torch.diag(torch.ones(len(weights) - 1), -1).to(weights)
    companion[0] = weights
    roots = torch.linalg.eigvals(companion)
    order = sorted(range(len(roots)), key=lambda i: (-round(abs(roots[i].item()), 9), -roots[i].imag.item()))
    return roots[order]
