"""Dropout on the state itself: what a mask does to memory."""

from typing import NamedTuple

from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect, expect_dtype, expect_probability
from seqgraph.core.state import State, map_state
from seqgraph.recurrent.cell import Cell, GatedCell
from seqgraph.recurrent.variational_dropout import draw_mask
from seqgraph.recurrent.wrapper import CellWrapper


class StateDropoutState(NamedTuple):
    """The wrapped cell's state and the units that are kept, ``[B, H]``: 0 or 1."""

    inner: State
    """State of the wrapped cell."""
    mask: Tensor
    """1 for a unit that is kept, 0 for one that is not, ``[B, H]``."""


class StateDropout(CellWrapper):
    r"""A cell with dropout on the state that it carries on, all of it: h, and in an LSTM c too.

    .. math:: (y_t, s_t) = \text{cell}(x_t, m_t \odot s_{t-1})

    m_t is a mask over units: 0 with probability p, else 1. It is drawn once a sequence, or with ``each_step``
    anew at each step. Then a stored number survives n steps with probability (1 - p)^n.

    Shape:
        as the wrapped cell; the state also holds the mask ``[B, H]``.

    Args:
        cell: a cell itself; other wrappers go around this one.
        p: the probability of dropping a unit, from 0 to below 1; ValueError otherwise.
        each_step: draw a new mask at each step.

    Raises:
        TypeError: the cell is wrapped already.

    Differs:
        Survivors are never scaled up: a factor of 1 / (1 - p) on a carried number would act again at each
        step. In ``eval()`` mode new masks are all ones.

    Example:
        >>> import torch
        >>> from seqgraph.recurrent import SRNCell
        >>> cell = StateDropout(SRNCell(2, 100), p=0.5)
        >>> sorted(set(cell.initial_state(torch.zeros(1, 2)).mask[0].tolist()))
        [0.0, 1.0]
    """

    def __init__(self, cell: Cell, p: float, each_step: bool = False):
        super().__init__(cell)
        if not isinstance(cell, GatedCell):
            raise TypeError(
                f"{self._get_name()}: cell must not be wrapped already; wrap the result instead."
            )
        self.p = expect_probability(self._get_name(), "p", p)
        self.each_step = bool(each_step)

    def draw(self, like: Float[Tensor, "B ..."]) -> Float[Tensor, "B H"]:
        """A new mask of zeros and ones; all ones in ``eval()`` mode."""
        return draw_mask(
            like, self.hidden_size, self.p if self.training else 0.0
        ).sign()

    def initial_state(self, x: Float[Tensor, "B ..."]) -> StateDropoutState:
        return StateDropoutState(self.cell.initial_state(x), self.draw(x))

    def hidden(self, state: StateDropoutState) -> Float[Tensor, "B H"]:
        return self.cell.hidden(state.inner)

    def with_hidden(
        self, state: StateDropoutState, h: Float[Tensor, "B H"]
    ) -> StateDropoutState:
        return state._replace(inner=self.cell.with_hidden(state.inner, h))

    def check_state(self, state: StateDropoutState, batch: int) -> None:
        self.expect_state_type(state, StateDropoutState)
        expect(self._get_name(), "mask", state.mask, (batch, self.hidden_size))
        expect_dtype(
            self._get_name(), "mask", state.mask, next(self.parameters()).dtype
        )
        self.cell.check_state(state.inner, batch)

    def step(
        self, projected: Tensor, state: StateDropoutState, mask: Tensor | None = None
    ) -> tuple:
        kept = self.draw(state.mask) if self.each_step and self.training else state.mask
        output, inner = self.cell.step(
            projected, map_state(lambda s: s * kept, state.inner), mask
        )
        return output, StateDropoutState(inner, kept)

    def extra_repr(self) -> str:
        return f"p={self.p}, each_step={self.each_step}"
