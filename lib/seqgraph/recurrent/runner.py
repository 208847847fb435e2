"""The runner: a cell applied along a sequence."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_dtype
from seqgraph.core.lengths import present_steps
from seqgraph.core.state import State, map_state
from seqgraph.recurrent.cell import Cell
from seqgraph.recurrent.lstm_scan import can_scan, scan_lstm


class Recurrent(nn.Module):
    r"""A cell applied to every step of a batch of sequences.

    .. math:: (y_t, s_t) = \text{cell}(x_t, s_{t-1}), \qquad t = 1, \ldots, T

    Where:
        s_0 is the initial state. With ``reverse`` the steps are t = T, ..., 1 and s_0 enters at the end;
        outputs keep the places of their inputs.

    Shape:
        x ``[B, T, I]``, lengths ``[B]``; outputs ``[B, T, H]``; state as the cell's.

    Args:
        cell: any cell or wrapped cell.
        reverse: read from the last step to the first.

    Returns:
        From a call ``(x, state=None, lengths=None)``: the outputs and the last state. Past its length
        a sequence's output is zero and its state frozen, and what stands in the padding never matters.

    Raises:
        ShapeError: x, state or lengths has the wrong shape, or there are no steps.
        ValueError: a length is below 1 or above T.
        TypeError: x has another dtype than the weights, lengths are not whole numbers, or the state is
            of another kind than the cell's.

    Differs:
        The cells of the LSTM family run without a graph of single steps when no lengths are given: same
        numbers, faster, first derivatives only.

    Example:
        >>> import torch
        >>> from seqgraph.recurrent import GRUCell
        >>> outputs, state = Recurrent(GRUCell(2, 3))(torch.ones(2, 5, 2), lengths=[5, 2])
        >>> outputs.shape, outputs[1, 2:].abs().max().item()
        (torch.Size([2, 5, 3]), 0.0)
    """

    def __init__(self, cell: Cell, reverse: bool = False):
        super().__init__()
        if not isinstance(cell, Cell):
            raise TypeError(f"Recurrent: cell must be a recurrent cell, got {type(cell).__name__}.")
        self.cell, self.reverse = cell, bool(reverse)
        self.input_size, self.output_size = cell.input_size, cell.hidden_size

    def _get_name(self) -> str:
        inside = f"({self.cell._get_name()})" if "cell" in self.__dict__.get("_modules", {}) else ""
        return type(self).__name__ + inside

    def forward(
        self, x: Float[Tensor, "B T I"], state: State | None = None, lengths: Tensor | list[int] | None = None
    ) -> tuple[Float[Tensor, "B T H"], State]:
        expect(self._get_name(), "x", x, ("B", "T", self.input_size), f"input_size={self.input_size}")
        expect_dtype(self._get_name(), "x", x, next(self.parameters(), x).dtype)
        present = present_steps(self._get_name(), x, lengths)
        state = self.cell.initial_state(x) if state is None else state
        self.cell.check_state(state, x.shape[0])
        if present is None:
            return self._run(x, state)
        return self._run_padded(x.where(present[..., None], x.new_zeros(())), state, present)

    def _run(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        if can_scan(self.cell):
            return scan_lstm(self.cell, x, state, self.reverse)
        outputs = [None] * x.shape[1]
        for t, projected in self._steps(x):
            outputs[t], state = self.cell.step(projected, state)
        return torch.stack(outputs, dim=1), state

    def _run_padded(self, x: Tensor, state: State, present: Tensor) -> tuple[Tensor, State]:
        outputs, zero = [None] * x.shape[1], x.new_zeros(())
        for t, projected in self._steps(x):
            output, new = self.cell.step(projected, state)
            here = present[:, t, None]
            outputs[t] = output.where(here, zero)
            state = map_state(lambda after, before, here=here: _where(here, after, before), new, state)
        return torch.stack(outputs, dim=1), state

    def _steps(self, x: Tensor):
        steps = list(enumerate(self.cell.project(x).unbind(1)))
        return reversed(steps) if self.reverse else steps


def _where(here: Tensor, after: Tensor, before: Tensor) -> Tensor:
    """Row by row ``after`` or ``before``; ``here`` is ``[B, 1]``, the two are ``[B, ...]``."""
    return after.where(here.reshape(-1, *[1] * (after.dim() - 1)), before)
