"""The time-delay neural network: layers that see the last steps of the layer below."""

from collections.abc import Callable, Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.expect import ShapeError, expect, expect_dtype, expect_size


class DelayLayer(nn.Module):
    r"""One layer that sees its input now and at K earlier steps, through delay units (延时单元).

    .. math:: h_t = f\Big(b + \sum_{k=0}^{K} W_k x_{t - kd}\Big)

    W holds W_0, ..., W_K side by side. Before the first step x is zero.

    Shape:
        x ``[B, T, I]``; output ``[B, T, H]``; a delay line ``[B, K d, I]``.

    Args:
        input_size: I, at least 1.
        output_size: H, at least 1.
        lags: K, how many earlier steps it sees, at least 0.
        dilation: d, steps from one tap to the next, at least 1.
        f: the activation function.

    Raises:
        ShapeError: x or the delay line has the wrong shape.

    Example:
        >>> layer = DelayLayer(1, 1, lags=2, f=lambda a: a)
        >>> with torch.no_grad():
        ...     _ = layer.W.weight.copy_(torch.tensor([[100.0, 10.0, 1.0]])), layer.W.bias.zero_()
        >>> layer(torch.tensor([[[1.0], [2.0], [3.0]]])).flatten().tolist()
        [100.0, 210.0, 321.0]
    """

    def __init__(
        self,
        input_size: int,
        output_size: int,
        lags: int,
        dilation: int = 1,
        f: Callable[[Tensor], Tensor] = torch.tanh,
    ):
        super().__init__()
        self.input_size = expect_size("DelayLayer", "input_size", input_size)
        self.output_size = expect_size("DelayLayer", "output_size", output_size)
        self.lags = expect_size("DelayLayer", "lags", lags, least=0)
        self.dilation = expect_size("DelayLayer", "dilation", dilation)
        self.W, self.f = nn.Linear((lags + 1) * input_size, output_size), f

    @property
    def memory(self) -> int:
        """How many steps back the layer sees."""
        return self.lags * self.dilation

    def initial_line(self, x: Float[Tensor, "B T I"]) -> Float[Tensor, "B M I"]:
        """The delay line before the first step: zeros, on the device and in the dtype of x."""
        return x.new_zeros(len(x), self.memory, self.input_size)

    def forward(
        self, x: Float[Tensor, "B T I"], line: Float[Tensor, "B M I"] | None = None
    ) -> Float[Tensor, "B T H"]:
        """The outputs of all steps; ``line`` holds the inputs before the first one, the oldest first."""
        expect(
            "DelayLayer",
            "x",
            x,
            ("B", "T", self.input_size),
            f"input_size={self.input_size}",
        )
        expect_dtype("DelayLayer", "x", x, self.W.weight.dtype)
        line = self._checked(line, x)
        past, T = torch.cat([line, x], dim=1), x.shape[1]
        starts = [self.memory - k * self.dilation for k in range(self.lags + 1)]
        return self.f(
            self.W(torch.cat([past[:, start : start + T] for start in starts], dim=-1))
        )

    def _checked(self, line: Tensor | None, x: Tensor) -> Tensor:
        line = self.initial_line(x) if line is None else line
        shape = (len(x), self.memory, self.input_size)
        if line.shape != shape:
            raise ShapeError(
                f"DelayLayer: line must have shape {list(shape)} "
                f"(lags={self.lags}, dilation={self.dilation}), got {list(line.shape)}."
            )
        return line

    def step(
        self, x: Float[Tensor, "B I"], line: Float[Tensor, "B M I"]
    ) -> tuple[Float[Tensor, "B H"], Float[Tensor, "B M I"]]:
        """One step, with the delay line as its state: the newest input goes in, the oldest falls out."""
        h = self(x[:, None], line)[:, 0]
        return h, torch.cat([line, x[:, None]], dim=1)[:, 1:]


class TDNN(nn.Module):
    r"""A time-delay neural network (延时神经网络): delay layers on top of each other, and a linear read-out.

    .. math:: h_t^{(l)} = f\big(h_t^{(l-1)}, h_{t-d_l}^{(l-1)}, \ldots, h_{t-K d_l}^{(l-1)}\big), \qquad
        \hat y_t = V h_t^{(n)}

    The output at step t depends on the last ``memory`` = K (d_1 + ... + d_n) steps and on step t, no others.

    Shape:
        x ``[B, T, I]``, which is h^(0); output ``[B, T, C]``.

    Args:
        input_size: I, at least 1.
        hidden_size: H, numbers in the output of each layer, at least 1.
        output_size: C, at least 1.
        lags: K, how many earlier steps each layer sees of the one below, at least 0.
        dilations: d_1, ..., d_n, one for each layer.

    Raises:
        ValueError: there is no layer.

    Source:
        [waibel1989phoneme]

    Differs:
        There, time windows shrink from layer to layer and no zeros are put in front of the first step.

    Example:
        >>> model = TDNN(1, 8, 2, lags=1, dilations=(1, 2, 4))
        >>> model.memory, model(torch.zeros(3, 10, 1)).shape
        (7, torch.Size([3, 10, 2]))
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        lags: int,
        dilations: Sequence[int] = (1,),
    ):
        super().__init__()
        if not dilations:
            raise ValueError(
                "TDNN: dilations must hold at least one number, one for each layer, got none."
            )
        sizes = [input_size] + [hidden_size] * (len(dilations) - 1)
        layers = [
            DelayLayer(I, hidden_size, lags, d)
            for I, d in zip(sizes, dilations, strict=True)
        ]
        self.layers = nn.ModuleList(layers)
        self.V = nn.Linear(hidden_size, expect_size("TDNN", "output_size", output_size))

    @property
    def memory(self) -> int:
        """How many steps back the output sees."""
        return sum(layer.memory for layer in self.layers)

    def forward(self, x: Float[Tensor, "B T I"]) -> Float[Tensor, "B T C"]:
        for layer in self.layers:
            x = layer(x)
        return self.V(x)
