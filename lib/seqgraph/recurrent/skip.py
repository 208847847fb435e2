"""Skip connections in time."""

from typing import NamedTuple

from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect_size
from seqgraph.core.state import map_state
from seqgraph.recurrent.cell import Cell
from seqgraph.recurrent.wrapper import CellWrapper


class SkipState(NamedTuple):
    """The last ``span`` states of the wrapped cell, newest first."""

    recent: tuple
    """One state a step, the newest first; the last is ``span`` steps old."""


class Skip(CellWrapper):
    r"""A cell with a skip connection (跳跃连接) from d steps back.

    .. math:: (y_t, s_t) = \text{cell}\left(x_t, \tfrac{1}{2}(s_{t-1} + s_{t-d})\right)

    s is the whole state of the wrapped cell and d is the span. The gradient from t to t - n d can take n long
    steps instead of n d short ones. With d = 1 this is the cell itself.

    Shape:
        as the wrapped cell; the state holds d states of it, newest first.

    Args:
        cell: the cell to wrap.
        span: d, the length of the skip in steps, at least 1.

    Raises:
        ValueError: span is not a whole number of at least 1, or a state holds another number of states.
        TypeError: a state is of another kind.

    Source:
        [lin1996narx]

    Differs:
        The mean of two states needs no new weights, so any cell can be wrapped and sees a state of the usual
        size. Lin et al. give each delay a weight matrix of its own.

    Example:
        >>> import torch
        >>> from seqgraph.recurrent import SRNCell
        >>> output, state = Skip(SRNCell(2, 3), span=4)(torch.zeros(1, 2))
        >>> len(state.recent)
        4
    """

    def __init__(self, cell: Cell, span: int):
        super().__init__(cell)
        self.span = expect_size(self._get_name(), "span", span)

    def initial_state(self, x: Float[Tensor, "B ..."]) -> SkipState:
        return SkipState((self.cell.initial_state(x),) * self.span)

    def hidden(self, state: SkipState) -> Float[Tensor, "B H"]:
        return self.cell.hidden(state.recent[0])

    def with_hidden(self, state: SkipState, h: Float[Tensor, "B H"]) -> SkipState:
        return SkipState((self.cell.with_hidden(state.recent[0], h), *state.recent[1:]))

    def check_state(self, state: SkipState, batch: int) -> None:
        self.expect_state_type(state, SkipState)
        if not isinstance(state.recent, tuple):
            raise TypeError(
                f"{self._get_name()}: recent must be a tuple, got {type(state.recent).__name__}."
            )
        if len(state.recent) != self.span:
            raise ValueError(
                f"{self._get_name()}: state must hold {self.span} states, got {len(state.recent)}."
            )
        for past in state.recent:
            self.cell.check_state(past, batch)

    def step(
        self, projected: Tensor, state: SkipState, mask: Tensor | None = None
    ) -> tuple[Tensor, SkipState]:
        before = map_state(
            lambda near, far: (near + far) / 2, state.recent[0], state.recent[-1]
        )
        output, new = self.cell.step(projected, before, mask)
        return output, SkipState((new, *state.recent[:-1]))

    def extra_repr(self) -> str:
        return f"span={self.span}"
