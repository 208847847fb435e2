"""The LSTM whose input and forget gates are one."""

from typing import NamedTuple

import torch
from torch import Tensor

from seqgraph.recurrent.lstm import LSTMFamilyCell, LSTMState
from seqgraph.recurrent.lstm_scan import coupled_scan


class CoupledGates(NamedTuple):
    """The forget and output gates f, o and the candidate g of one step, each ``[B, H]``."""

    f: Tensor
    g: Tensor
    o: Tensor


class CoupledLSTMCell(LSTMFamilyCell):
    r"""One step of an LSTM with coupled input and forget gates (耦合输入门和遗忘门).

    .. math::
        c_t = f_t \odot c_{t-1} + (1 - f_t) \odot g_t \qquad h_t = o_t \odot \tanh(c_t)

    f, g and o are those of :class:`LSTMCell`; W, U and b hold their rows one under the other. The cell is a
    moving average of candidates, so it stays within (-1, 1), unlike that of an LSTM.

    Args:
        input_size, hidden_size, bias: as in :class:`LSTMCell`.

    Source:
        [greff2017odyssey], variant CIFG

    Example:
        >>> output, state = CoupledLSTMCell(2, 3)(torch.zeros(1, 2))
        >>> bool((state.c.abs() < 1).all())
        True
    """

    gates = CoupledGates._fields
    scan = coupled_scan

    def gate_values(
        self, projected: Tensor, state: LSTMState, mask: Tensor | None = None
    ) -> CoupledGates:
        f, g, o = (projected + self.recur(state.h, mask)).chunk(3, dim=-1)
        return CoupledGates(torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o))

    def step(
        self, projected: Tensor, state: LSTMState, mask: Tensor | None = None
    ) -> tuple[Tensor, LSTMState]:
        f, g, o = self.gate_values(projected, state, mask)
        c = f * state.c + (1 - f) * g
        h = o * torch.tanh(c)
        return h, LSTMState(h, c)
