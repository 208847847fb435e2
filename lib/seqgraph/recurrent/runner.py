"""The runner: a cell applied along a sequence."""

from functools import partial

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.lengths import present_steps
from seqgraph.core.state import State, map_state
from seqgraph.recurrent.around import AroundCell
from seqgraph.recurrent.cell import Cell


class Recurrent(AroundCell):
    r"""A cell applied to every step of a batch of sequences.

    .. math:: (y_t, s_t) = \text{cell}(x_t, s_{t-1}), \qquad t = 1, \ldots, T

    s_0 is the initial state. With ``reverse`` the steps are t = T, ..., 1 and s_0 enters at the end; outputs
    keep the places of their inputs. Past its length a sequence's output is zero and its state frozen, and
    what stands in the padding never matters.

    Shape:
        x ``[B, T, I]``, lengths ``[B]``; outputs ``[B, T, H]``; state as the cell's.

    Args:
        cell: any cell or wrapped cell.
        reverse: read from the last step to the first.

    Returns:
        From a call ``(x, state=None, lengths=None)``: the outputs and the last state.

    Raises:
        ShapeError: x, state or lengths has the wrong shape, or there are no steps.
        ValueError: a length is below 1 or above T.
        TypeError: x has another dtype than the weights, lengths are not whole numbers, or the state is of
            another kind than the cell's.
        RuntimeError: a second derivative is asked of a fast scan, with ``create_graph=True``.

    Differs:
        ``cell.run`` is the loop. The cells of the LSTM family have a fast scan of their own, which gives the
        same numbers and first derivatives; it steps aside for lengths, hooks, parametrizations or another
        module in ``U``, autocast, ``torch.func``, forward mode and export. Hooks on W and U are called, hooks
        on the cell are not. Under autocast the products are made in the lower precision; states and outputs
        keep theirs.

    Example:
        >>> from seqgraph.recurrent import GRUCell
        >>> outputs, state = Recurrent(GRUCell(2, 3))(torch.ones(2, 5, 2), lengths=[5, 2])
        >>> outputs.shape, outputs[1, 2:].abs().max().item()
        (torch.Size([2, 5, 3]), 0.0)
    """

    def __init__(self, cell: Cell, reverse: bool = False):
        super().__init__(cell)
        self.reverse, self.output_size = bool(reverse), cell.hidden_size

    def forward(
        self,
        x: Float[Tensor, "B T I"],
        state: State | None = None,
        lengths: Tensor | list[int] | None = None,
    ) -> tuple[Float[Tensor, "B T H"], State]:
        who = self._get_name()
        x, state = self.cell.check_call(who, x, ("B", "T"), state)
        present = present_steps(who, x, lengths)
        if not self.reverse:
            return self._run(x, state, present)
        outputs, state = self._run(
            x.flip(1), state, None if present is None else present.flip(1)
        )
        return outputs.flip(1), state

    def _run(
        self, x: Tensor, state: State, present: Tensor | None
    ) -> tuple[Tensor, State]:
        if present is not None:
            return self._run_padded(x, state, present)
        # Not inherited: a subclass may have equations of its own.
        scan = vars(type(self.cell)).get("scan")
        return self.cell.run(x, state) if scan is None else scan(self.cell, x, state)

    def _run_padded(
        self, x: Tensor, state: State, present: Tensor
    ) -> tuple[Tensor, State]:
        """The loop of ``Cell.run``, in which the state of each sequence stays as it is past the end."""
        present, all_present = present[..., None], present.all(0).tolist()
        steps = self.cell.project(x.where(present, x.new_zeros(()))).unbind(1)
        outputs = []
        for projected, here, all_here in zip(
            steps, present.unbind(1), all_present, strict=True
        ):
            output, new = self.cell.step(projected, state)
            state = new if all_here else map_state(partial(_where, here), new, state)
            outputs.append(output)
        outputs = torch.stack(outputs, dim=1)
        return outputs.where(present, outputs.new_zeros(())), state


def _where(here: Tensor, after: Tensor, before: Tensor) -> Tensor:
    """Row by row ``after`` or ``before``; ``here`` is ``[B, 1]``, the two are ``[B, ...]``."""
    return after.where(here.reshape(-1, *[1] * (after.dim() - 1)), before)
