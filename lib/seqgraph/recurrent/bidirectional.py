"""Two directions side by side."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.expect import ShapeError
from seqgraph.core.state import State
from seqgraph.recurrent.cell import Cell
from seqgraph.recurrent.runner import Recurrent


class BidirectionalState(NamedTuple):
    """The last states of the two directions; the backward one has read the first step last."""

    forward: State
    """State of the cell that reads from the first step on."""
    backward: State
    """State of the cell that reads from the last step back."""


class Bidirectional(nn.Module):
    r"""A bidirectional recurrent network (双向循环神经网络): one cell reads forward, another backward.

    .. math:: y_t = [\overrightarrow{h}_t; \overleftarrow{h}_t]

    The first half has read x_1, ..., x_t and the second half x_T, ..., x_t; with lengths each sequence is
    read backward from its own end. So a sequence cut in two cannot be continued.

    Shape:
        x ``[B, T, I]``; outputs ``[B, T, H + H']``; state ``(forward, backward)``.

    Args:
        forward_cell: reads from the first step on.
        backward_cell: reads from the last step back; must have the same input_size and weights of its own.

    Raises:
        ShapeError: the two cells read inputs of different sizes.
        ValueError: both directions are one and the same cell object.
        TypeError: the state is not a pair.

    Source:
        [schuster1997bidirectional]

    Example:
        >>> from seqgraph.recurrent import GRUCell
        >>> outputs, state = Bidirectional(GRUCell(2, 3), GRUCell(2, 3))(torch.zeros(1, 5, 2))
        >>> outputs.shape
        torch.Size([1, 5, 6])
    """

    def __init__(self, forward_cell: Cell, backward_cell: Cell):
        super().__init__()
        self.ahead = Recurrent(forward_cell)
        self.back = Recurrent(backward_cell, reverse=True)
        if forward_cell is backward_cell:
            raise ValueError(
                "Bidirectional: forward_cell and backward_cell must be two cells, got one twice."
            )
        if self.ahead.input_size != self.back.input_size:
            raise ShapeError(
                f"Bidirectional: backward_cell must have input_size={self.ahead.input_size}, "
                f"got {self.back.input_size}."
            )
        self.input_size = self.ahead.input_size
        self.output_size = self.ahead.output_size + self.back.output_size

    def forward(
        self,
        x: Float[Tensor, "B T I"],
        state: State | None = None,
        lengths: Tensor | list[int] | None = None,
    ) -> tuple[Float[Tensor, "B T D"], BidirectionalState]:
        if state is not None and not (isinstance(state, tuple) and len(state) == 2):
            came = (
                f"a tuple of {len(state)}"
                if isinstance(state, tuple)
                else type(state).__name__
            )
            raise TypeError(
                f"Bidirectional: state must be a pair (forward, backward), got {came}."
            )
        first, second = (None, None) if state is None else state
        ahead, first = self.ahead(x, first, lengths)
        back, second = self.back(x, second, lengths)
        return torch.cat([ahead, back], dim=-1), BidirectionalState(first, second)
