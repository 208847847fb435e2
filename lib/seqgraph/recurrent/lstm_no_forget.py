"""The LSTM of 1997, which could not forget."""

from typing import NamedTuple

import torch
from torch import Tensor

from seqgraph.recurrent.lstm import LSTMFamilyCell, LSTMState
from seqgraph.recurrent.lstm_scan import no_forget_scan


class NoForgetGates(NamedTuple):
    """The input and output gates i, o and the candidate g of one step, each ``[B, H]``."""

    i: Tensor
    g: Tensor
    o: Tensor


class NoForgetLSTMCell(LSTMFamilyCell):
    r"""One step of an LSTM without a forget gate, as it was in 1997.

    .. math::
        c_t = c_{t-1} + i_t \odot g_t \qquad h_t = o_t \odot \tanh(c_t)

    Where:
        i and o are the input and output gates and g is the candidate, all as in :class:`LSTMCell`.
        W, U and b hold the rows of i, g, o one under the other.

    Shape:
        x ``[B, I]``; output ``[B, H]``; state ``(h, c)``, each ``[B, H]``; ``W.weight [3H, I]``.

    Args:
        input_size: I, numbers in one input vector, at least 1.
        hidden_size: H, numbers in h and in c, at least 1.
        bias: whether there is a b.

    Raises:
        ValueError: a size is not a whole number of at least 1.
        ShapeError: ``x`` or the state has the wrong shape.

    Source:
        [hochreiter1997lstm]

    Differs:
        The paper squashed g and c with scaled logistic functions; here both are tanh, so that this cell
        and :class:`LSTMCell` differ in the forget gate alone.

    Example:
        >>> import torch
        >>> cell = NoForgetLSTMCell(2, 3)
        >>> output, state = cell(torch.zeros(1, 2))
        >>> state.c.shape
        torch.Size([1, 3])
    """

    gates = NoForgetGates._fields
    scan = no_forget_scan

    def gate_values(self, projected: Tensor, state: LSTMState, mask: Tensor | None = None) -> NoForgetGates:
        i, g, o = (projected + self.recur(state.h, mask)).chunk(3, dim=-1)
        return NoForgetGates(torch.sigmoid(i), torch.tanh(g), torch.sigmoid(o))

    def step(
        self, projected: Tensor, state: LSTMState, mask: Tensor | None = None
    ) -> tuple[Tensor, LSTMState]:
        i, g, o = self.gate_values(projected, state, mask)
        c = state.c + i * g
        h = o * torch.tanh(c)
        return h, LSTMState(h, c)
