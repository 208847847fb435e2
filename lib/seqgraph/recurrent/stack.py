"""Layers of recurrent networks, one on the outputs of the other."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.expect import ShapeError, expect_probability
from seqgraph.core.state import State
from seqgraph.recurrent.cell import Cell
from seqgraph.recurrent.runner import Recurrent


class Stack(nn.Module):
    r"""A stacked recurrent network (堆叠循环神经网络): each layer reads the outputs of the one below.

    .. math:: y^{(0)} = x, \qquad y^{(l)} = \text{layer}_l(y^{(l-1)})

    l counts the layers from 1; the output is that of the last.

    Shape:
        x ``[B, T, I]``; outputs ``[B, T, D]`` with D of the last layer; state: a tuple, one entry a layer.

    Args:
        layers: runners (:class:`Recurrent`, :class:`Bidirectional`, :class:`Stack`) or cells, the first layer
            first.
        dropout: probability of dropping a number between two layers, a new mask each step, from 0 to below 1.

    Raises:
        ValueError: there is no layer, dropout is out of range, or a state has not one entry a layer.
        ShapeError: a layer does not fit on the one below.
        TypeError: a layer is neither a cell nor a runner, or the state is not a tuple.

    Source:
        [graves2013speech]; dropout between layers only as in [zaremba2014regularization]

    Example:
        >>> import torch
        >>> from seqgraph.recurrent import LSTMCell
        >>> outputs, state = Stack([LSTMCell(2, 3), LSTMCell(3, 4)])(torch.zeros(1, 5, 2))
        >>> outputs.shape, len(state)
        (torch.Size([1, 5, 4]), 2)
    """

    def __init__(self, layers: Sequence[nn.Module], dropout: float = 0.0):
        super().__init__()
        if not isinstance(layers, Iterable):
            raise TypeError(
                f"Stack: layers must be a list of cells or runners, got {type(layers).__name__}."
            )
        runners = [
            Recurrent(layer) if isinstance(layer, Cell) else layer for layer in layers
        ]
        if not runners:
            raise ValueError("Stack: layers must hold at least one layer, got none.")
        for layer in runners:
            if not (hasattr(layer, "input_size") and hasattr(layer, "output_size")):
                raise TypeError(
                    f"Stack: layers must be cells or runners, got {type(layer).__name__}."
                )
        for number, (below, above) in enumerate(pairwise(runners), start=2):
            if below.output_size != above.input_size:
                raise ShapeError(
                    f"Stack: layer {number} must have input_size={below.output_size} like the output below, "
                    f"got {above.input_size}."
                )
        expect_probability("Stack", "dropout", dropout)
        self.layers, self.dropout = nn.ModuleList(runners), nn.Dropout(dropout)
        self.input_size = runners[0].input_size
        self.output_size = runners[-1].output_size

    def forward(
        self,
        x: Float[Tensor, "B T I"],
        state: State | None = None,
        lengths: Tensor | list[int] | None = None,
    ) -> tuple[Float[Tensor, "B T D"], State]:
        if state is None:
            state = (None,) * len(self.layers)
        if not isinstance(state, tuple | list):
            raise TypeError(
                "Stack: state must be a tuple, one entry a layer, "
                f"got {type(state).__name__}."
            )
        if len(state) != len(self.layers):
            raise ValueError(
                f"Stack: state must hold {len(self.layers)} entries, one a layer, "
                f"got {len(state)}."
            )
        last = []
        for number, (layer, before) in enumerate(zip(self.layers, state, strict=True)):
            x, after = layer(x if number == 0 else self.dropout(x), before, lengths)
            last.append(after)
        return x, tuple(last)
