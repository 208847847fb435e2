"""The nonlinear autoregressive model with an input from outside."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.expect import ShapeError, expect, expect_size


def narx_features(
    x: Float[Tensor, "B T I"] | None,
    y: Float[Tensor, "B T"],
    input_lags: int,
    output_lags: int,
) -> Float[Tensor, "B P D"]:
    r"""For each step that has its whole past, what a NARX model may look at.

    .. math:: a_t = (x_t, x_{t-1}, \ldots, x_{t-K_x},\ y_{t-1}, y_{t-2}, \ldots, y_{t-K_y})

    There is one row for each t from max(K_x, K_y) on, counted from 0. It does not hold y_t, the value to
    predict, but does hold x_t: if that is not yet known when y_t must be predicted, hand in x moved by a
    step.

    Args:
        x: the input from outside, ``[B, T, I]``, or None if there is none.
        y: the series ``[B, T]``.
        input_lags: K_x, at least 0; without x it must be 0.
        output_lags: K_y, at least 0, and at least 1 without x.

    Raises:
        ShapeError: x and y do not fit, or there are not enough steps.

    Example:
        >>> x, y = torch.tensor([[[10.0], [11.0], [12.0]]]), torch.tensor([[0.0, 1.0, 2.0]])
        >>> narx_features(x, y, input_lags=0, output_lags=2).tolist()  # x_2, y_1, y_0
        [[[12.0, 1.0, 0.0]]]
    """
    _check_lags("narx_features", x is not None, input_lags, output_lags)
    expect("narx_features", "y", y, ("B", "T"))
    if x is not None:
        expect(
            "narx_features", "x", x, (*y.shape, "I"), "as many sequences and steps as y"
        )
    start, T = max(input_lags, output_lags), y.shape[1]
    if start >= T:
        raise ShapeError(
            f"narx_features: {start} lags need at least {start + 1} steps, got {T}."
        )
    parts = (
        [] if x is None else [x[:, start - k : T - k] for k in range(input_lags + 1)]
    )
    parts += [y[:, start - k : T - k, None] for k in range(1, output_lags + 1)]
    return torch.cat(parts, dim=-1)


class NARX(nn.Module):
    r"""Predict from the last inputs and the last outputs (有外部输入的非线性自回归模型).

    .. math:: \hat y_t = f(x_t, x_{t-1}, \ldots, x_{t-K_x},\ y_{t-1}, y_{t-2}, \ldots, y_{t-K_y})

    A call ``(x, y)`` predicts one step ahead from true past values of y; ``simulate`` feeds back its own
    predictions instead. With a linear f and no x it is the autoregressive model.

    Shape:
        x ``[B, T, I]`` or None, y ``[B, T]``; output ``[B, T - max(K_x, K_y)]``.

    Args:
        f: any network from ``[..., (K_x + 1) I + K_y]``, or ``[..., K_y]`` without x, to ``[..., 1]``.
        input_lags: K_x, at least 0.
        output_lags: K_y, at least 0.

    Raises:
        ShapeError: x and y do not fit, or f returns another shape.

    Source:
        [leontaritis1985narx]; with a network as f [lin1996narx]

    Example:
        >>> model = NARX(torch.nn.Linear(4, 1), input_lags=1, output_lags=2)
        >>> x, y = torch.zeros(1, 9, 1), torch.zeros(1, 9)
        >>> model(x, y).shape, model.simulate(x, y[:, :2]).shape
        (torch.Size([1, 7]), torch.Size([1, 7]))
    """

    def __init__(self, f: nn.Module, input_lags: int, output_lags: int):
        super().__init__()
        _check_lags("NARX", True, input_lags, output_lags)
        self.f, self.input_lags, self.output_lags = f, input_lags, output_lags

    @property
    def start(self) -> int:
        """The first step that can be predicted, counted from 0."""
        return max(self.input_lags, self.output_lags)

    def forward(
        self, x: Float[Tensor, "B T I"] | None, y: Float[Tensor, "B T"]
    ) -> Float[Tensor, "B P"]:
        features = narx_features(x, y, self.input_lags, self.output_lags)
        return self._ask(features)

    def simulate(
        self,
        x: Float[Tensor, "B T I"] | None,
        y: Float[Tensor, "B S"],
        steps: int | None = None,
    ) -> Float[Tensor, "B P"]:
        """Forecast in closed loop: y holds the true values of the first steps, at least ``start`` of them.

        With x the forecast ends where x ends; without x give the number of ``steps``.
        """
        expect("NARX.simulate", "y", y, ("B", "S"))
        if y.shape[1] < self.start:
            raise ShapeError(
                f"NARX.simulate: y must hold at least {self.start} steps, got {y.shape[1]}."
            )
        if x is not None and steps is not None:
            raise ValueError(
                f"NARX.simulate: steps says how far without x; with x leave it out, got {steps!r}."
            )
        last = (
            y.shape[1] + expect_size("NARX.simulate", "steps", steps)
            if x is None
            else x.shape[1]
        )
        if last <= y.shape[1]:
            raise ShapeError(
                f"NARX.simulate: x must be longer than y ({y.shape[1]} steps), got {last}."
            )
        known = y
        for t in range(y.shape[1], last):
            first = t - self.start
            # The place of y_t itself is never looked at.
            seen = torch.cat([known[:, first:], known.new_zeros(len(y), 1)], dim=1)
            inputs = None if x is None else x[:, first : t + 1]
            features = narx_features(inputs, seen, self.input_lags, self.output_lags)
            known = torch.cat([known, self._ask(features)], dim=1)
        return known[:, y.shape[1] :]

    def _ask(self, features: Tensor) -> Tensor:
        answer = self.f(features)
        expect(
            "NARX",
            "what f returns",
            answer,
            (*features.shape[:2], 1),
            "one number a step",
        )
        return answer[..., 0]


def _check_lags(who: str, has_input: bool, input_lags: int, output_lags: int) -> None:
    expect_size(who, "input_lags", input_lags, least=0)
    expect_size(who, "output_lags", output_lags, least=0 if has_input else 1)
    if not has_input and input_lags:
        raise ValueError(f"{who}: input_lags must be 0 without x, got {input_lags}.")
