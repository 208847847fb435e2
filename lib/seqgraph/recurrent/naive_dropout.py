"""Dropout for recurrent networks: a new mask at each step."""

from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect_probability
from seqgraph.core.state import State
from seqgraph.recurrent.cell import Cell
from seqgraph.recurrent.variational_dropout import draw_mask
from seqgraph.recurrent.wrapper import CellWrapper, combine_masks


class NaiveDropout(CellWrapper):
    r"""A cell with naive dropout: other units are dropped at every step of a sequence.

    .. math:: (y_t, s_t) = \text{cell}(m^x_t \odot x_t, s_{t-1}) \quad \text{with } U(m^h_t \odot h_{t-1})
              \text{ for every } U h_{t-1}

    m^x_t and m^h_t are masks, drawn anew at each step: 0 with probability p, else 1 / (1 - p). They act in
    the same places as those of :class:`VariationalDropout`. In ``eval()`` mode it is the wrapped cell.

    Args:
        cell: the cell to wrap.
        p: the probability of dropping a unit, from 0 to below 1; ValueError otherwise.

    Source:
        [srivastava2014dropout], applied at each step as if the steps were layers

    Example:
        >>> import torch
        >>> from seqgraph.recurrent import LSTMCell
        >>> _ = torch.manual_seed(0)
        >>> cell, x = NaiveDropout(LSTMCell(20, 8), p=0.5), torch.ones(1, 20)
        >>> torch.equal(cell(x)[0], cell(x)[0]), torch.equal(cell.eval()(x)[0], cell(x)[0])
        (False, True)
    """

    def __init__(self, cell: Cell, p: float):
        super().__init__(cell)
        self.p = expect_probability(self._get_name(), "p", p)

    def project(self, x: Float[Tensor, "... I"]) -> Float[Tensor, "... I"]:
        return x

    def step(
        self, projected: Tensor, state: State, mask: Tensor | None = None
    ) -> tuple[Tensor, State]:
        if self.training:
            projected = projected * draw_mask(projected, self.input_size, self.p)
            mask = combine_masks(mask, draw_mask(projected, self.hidden_size, self.p))
        return self.cell.step(self.cell.project(projected), state, mask)

    def extra_repr(self) -> str:
        return f"p={self.p}"
