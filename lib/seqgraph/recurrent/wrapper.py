"""What all wrappers of a cell share: they are cells and hand on what they do not change."""

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.state import State
from seqgraph.recurrent.around import AroundCell
from seqgraph.recurrent.cell import Cell


class CellWrapper(AroundCell, Cell):
    """A cell around a cell.

    Shape:
        as the wrapped cell.

    Raises:
        TypeError: what is to be wrapped is no cell.
    """

    def initial_state(self, x: Float[Tensor, "B ..."]) -> State:
        return self.cell.initial_state(x)

    def project(self, x: Float[Tensor, "... I"]) -> Float[Tensor, "... P"]:
        return self.cell.project(x)

    def hidden(self, state: State) -> Float[Tensor, "B H"]:
        return self.cell.hidden(state)

    def with_hidden(self, state: State, h: Float[Tensor, "B H"]) -> State:
        return self.cell.with_hidden(state, h)

    def check_state(self, state: State, batch: int) -> None:
        self.cell.check_state(state, batch)

    def expect_state_type(self, state: State, kind: type) -> None:
        """Raise unless a state is of this wrapper's own named-tuple class."""
        if type(state) is not kind:
            raise TypeError(
                f"{self._get_name()}: state must be a {kind.__name__}, got {type(state).__name__}."
            )


def combine_masks(first: Tensor | None, second: Tensor | None) -> Tensor | None:
    """The product of two masks, either of which may be absent."""
    if first is None or second is None:
        return second if first is None else first
    return torch.mul(first, second)
