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

    i, g and o are those of :class:`LSTMCell`; W, U and b hold their rows one under the other.

    Args:
        input_size, hidden_size, bias: as in :class:`LSTMCell`.

    Source:
        [hochreiter1997lstm]

    Differs:
        The paper squashed g and c with scaled logistic functions; here both are tanh, so that this cell and
        :class:`LSTMCell` differ in the forget gate alone.

    Example:
        >>> output, state = NoForgetLSTMCell(2, 3)(torch.zeros(1, 2))
        >>> state.c.shape
        torch.Size([1, 3])
    """

    gates = NoForgetGates._fields
    scan = no_forget_scan

    def gate_values(
        self, projected: Tensor, state: LSTMState, mask: Tensor | None = None
    ) -> NoForgetGates:
        i, g, o = (projected + self.recur(state.h, mask)).chunk(3, dim=-1)
        return NoForgetGates(torch.sigmoid(i), torch.tanh(g), torch.sigmoid(o))

    def step(
        self, projected: Tensor, state: LSTMState, mask: Tensor | None = None
    ) -> tuple[Tensor, LSTMState]:
        i, g, o = self.gate_values(projected, state, mask)
        c = state.c + i * g
        h = o * torch.tanh(c)
        return h, LSTMState(h, c)
