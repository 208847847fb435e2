"""Forecasts of several steps, and the simplest forecast to compare with."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect, expect_size


def closed_loop(
    predict: Callable[[Tensor], Tensor], window: Float[Tensor, "B K"], steps: int
) -> Float[Tensor, "B steps"]:
    r"""Forecast ``[B, steps]``: each prediction enters the window as if it had happened (闭环预测).

    .. math:: \hat y_{t+n} = f(\hat y_{t+n-1}, \ldots, \hat y_{t+n-K}), \qquad
        \hat y_s = y_s \text{ for } s \le t

    Args:
        predict: f, from windows ``[B, K]``, the oldest value first, to the next values ``[B]``.
        window: the last K known values of each of B forecasts.
        steps: the longest horizon n (预测步长), at least 1: the one-step forecast (一步预测).

    Example:
        >>> closed_loop(lambda window: window.sum(1), torch.tensor([[1.0, 1.0]]), 5).tolist()
        [[2.0, 3.0, 5.0, 8.0, 13.0]]
    """
    expect("closed_loop", "window", window, ("B", "K"))
    expect_size("closed_loop", "steps", steps)
    forecasts = []
    for _ in range(steps):
        value = predict(window)
        expect(
            "closed_loop",
            "what predict returns",
            value,
            (len(window),),
            "one value a window",
        )
        forecasts.append(value)
        window = torch.cat([window[:, 1:], value[:, None]], dim=1)
    return torch.stack(forecasts, dim=1)


def origins(
    series: Float[Tensor, " N"], order: int, steps: int
) -> tuple[Float[Tensor, "P K"], Float[Tensor, "P steps"]]:
    r"""Every moment from which a series can be forecast: what was known then, and what came.

    .. math:: w_p = (y_p, \ldots, y_{p+K-1}), \qquad v_p = (y_{p+K}, \ldots, y_{p+K+n-1})

    Args:
        series: the N values in order of time, at least K + n.
        order: K, the length of a window, at least 1.
        steps: n, how many values after each window, at least 1.

    Returns:
        The windows ``[P, K]`` and the values that followed, ``[P, n]``, with P = N - K - n + 1.

    Raises:
        ValueError: the series is too short.

    Example:
        >>> known, came = origins(torch.arange(5.0), 2, 2)
        >>> known.tolist(), came.tolist()
        ([[0.0, 1.0], [1.0, 2.0]], [[2.0, 3.0], [3.0, 4.0]])
    """
    expect("origins", "series", series, ("N",))
    expect_size("origins", "order", order)
    expect_size("origins", "steps", steps)
    if len(series) < order + steps:
        raise ValueError(
            f"origins: order={order} and steps={steps} need {order + steps} values, got {len(series)}."
        )
    pieces = series.unfold(0, order + steps, 1)
    return pieces[:, :order], pieces[:, order:]


def persistence(window: Float[Tensor, "... K"]) -> Float[Tensor, "..."]:
    r"""Predict that nothing changes (持续性预测): a baseline that costs nothing.

    .. math:: \hat y_t = y_{t-1}

    Args:
        window: the last values, ``[..., K]``, the oldest first.

    Example:
        >>> persistence(torch.tensor([[1.0, 2.0], [5.0, 4.0]])).tolist()
        [2.0, 4.0]
    """
    return window[..., -1]
