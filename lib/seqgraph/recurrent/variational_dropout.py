"""Dropout for recurrent networks: one mask for the whole sequence."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect, expect_dtype, expect_probability
from seqgraph.core.state import State
from seqgraph.recurrent.cell import Cell
from seqgraph.recurrent.wrapper import CellWrapper, combine_masks


class DropoutState(NamedTuple):
    """The wrapped cell's state and the two masks of this sequence, ``[B, I]`` and ``[B, H]``."""

    inner: State
    """State of the wrapped cell."""
    input_mask: Tensor
    """What every input of the sequence is multiplied with, ``[B, I]``."""
    hidden_mask: Tensor
    """What h is multiplied with at every step, ``[B, H]``."""


def draw_mask(
    like: Float[Tensor, "B ..."], size: int, p: float
) -> Float[Tensor, "B D"]:
    """Zeros with probability p, else 1 / (1 - p); drawn on the CPU so that each device sees the same."""
    keep = torch.bernoulli(torch.full((like.shape[0], size), 1.0 - p))
    return keep.to(like) / (1.0 - p)


class VariationalDropout(CellWrapper):
    r"""A cell with variational dropout (变分丢弃法): the same units are dropped at every step of a sequence.

    .. math:: (y_t, s_t) = \text{cell}(m^x \odot x_t, s_{t-1}) \quad \text{with } U(m^h \odot h_{t-1})
              \text{ for every } U h_{t-1}

    m^x and m^h are masks, drawn once a sequence: 0 with probability p, else 1 / (1 - p). m^h acts inside the
    products with U only, never on the state that is carried on.

    Shape:
        as the wrapped cell; the state also holds the masks ``[B, I]`` and ``[B, H]``.

    Args:
        cell: the cell to wrap.
        p: the probability of dropping a unit, from 0 to below 1; ValueError otherwise.

    Source:
        [gal2016variational]

    Differs:
        p is PyTorch's: the share that is dropped, and survivors are scaled up in training. Many texts mean
        the share that is kept. In ``eval()`` mode new masks are all ones; masks that are already in a state
        stay, so that a sequence cut in two is continued exactly.

    Example:
        >>> from seqgraph.recurrent import LSTMCell
        >>> cell, x = VariationalDropout(LSTMCell(2, 8), p=0.5), torch.zeros(1, 2)
        >>> state = cell.initial_state(x)
        >>> torch.equal(state.hidden_mask, cell(x, state)[1].hidden_mask)
        True
    """

    def __init__(self, cell: Cell, p: float):
        super().__init__(cell)
        self.p = expect_probability(self._get_name(), "p", p)

    def initial_state(self, x: Float[Tensor, "B ..."]) -> DropoutState:
        p = self.p if self.training else 0.0
        masks = draw_mask(x, self.input_size, p), draw_mask(x, self.hidden_size, p)
        return DropoutState(self.cell.initial_state(x), *masks)

    def project(self, x: Float[Tensor, "... I"]) -> Float[Tensor, "... I"]:
        return x

    def hidden(self, state: DropoutState) -> Float[Tensor, "B H"]:
        return self.cell.hidden(state.inner)

    def with_hidden(self, state: DropoutState, h: Float[Tensor, "B H"]) -> DropoutState:
        return state._replace(inner=self.cell.with_hidden(state.inner, h))

    def check_state(self, state: DropoutState, batch: int) -> None:
        self.expect_state_type(state, DropoutState)
        for name, size in (
            ("input_mask", self.input_size),
            ("hidden_mask", self.hidden_size),
        ):
            mask = getattr(state, name)
            expect(self._get_name(), name, mask, (batch, size))
            expect_dtype(
                self._get_name(), name, mask, next(self.parameters(), mask).dtype
            )
        self.cell.check_state(state.inner, batch)

    def step(
        self, projected: Tensor, state: DropoutState, mask: Tensor | None = None
    ) -> tuple[Tensor, DropoutState]:
        inner_input = self.cell.project(projected * state.input_mask)
        hidden_mask = combine_masks(mask, state.hidden_mask)
        output, inner = self.cell.step(inner_input, state.inner, hidden_mask)
        return output, state._replace(inner=inner)

    def extra_repr(self) -> str:
        return f"p={self.p}"
