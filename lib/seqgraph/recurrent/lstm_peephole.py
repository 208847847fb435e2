"""The LSTM whose gates can see the memory cell."""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from seqgraph.recurrent.lstm import LSTMFamilyCell, LSTMGates, LSTMState
from seqgraph.recurrent.lstm_scan import lstm_scan


class PeepholeGates(NamedTuple):
    """The gates i, f, o and the candidate g of one step, and the memory cell c that o has seen."""

    i: Tensor
    f: Tensor
    g: Tensor
    o: Tensor
    c: Tensor


class PeepholeLSTMCell(LSTMFamilyCell):
    r"""One step of an LSTM with peephole connections (窥视孔连接).

    .. math::
        i_t &= \sigma(W_i x_t + U_i h_{t-1} + V_i \odot c_{t-1} + b_i) \\
        f_t &= \sigma(W_f x_t + U_f h_{t-1} + V_f \odot c_{t-1} + b_f) \\
        c_t &= f_t \odot c_{t-1} + i_t \odot \tanh(W_g x_t + U_g h_{t-1} + b_g) \\
        o_t &= \sigma(W_o x_t + U_o h_{t-1} + V_o \odot c_t + b_o) \\
        h_t &= o_t \odot \tanh(c_t)

    V_i, V_f, V_o are the rows of ``V [3, H]``: diagonal weights, so that each unit's gates see its own cell
    only. The output gate sees the current cell. The rest is as in :class:`LSTMCell`.

    Args:
        input_size, hidden_size, bias: as in :class:`LSTMCell`.

    Source:
        [gers2000peephole]; diagonal V and the current cell in o as in [graves2013generating]

    Differs:
        Some texts let the output gate see the cell before; torch.nn has no peepholes.

    Example:
        >>> PeepholeLSTMCell(2, 3).V.shape
        torch.Size([3, 3])
    """

    gates = LSTMGates._fields
    scan = lstm_scan

    def __init__(self, input_size: int, hidden_size: int, bias: bool = True):
        super().__init__(input_size, hidden_size, bias)
        self.V = nn.Parameter(torch.empty(3, hidden_size))
        self.reset_parameters()

    def gate_values(
        self, projected: Tensor, state: LSTMState, mask: Tensor | None = None
    ) -> PeepholeGates:
        i, f, g, o = (projected + self.recur(state.h, mask)).chunk(4, dim=-1)
        V_i, V_f, V_o = self.V
        i = torch.sigmoid(i + V_i * state.c)
        f = torch.sigmoid(f + V_f * state.c)
        g = torch.tanh(g)
        c = f * state.c + i * g
        return PeepholeGates(i, f, g, o=torch.sigmoid(o + V_o * c), c=c)

    def step(
        self, projected: Tensor, state: LSTMState, mask: Tensor | None = None
    ) -> tuple[Tensor, LSTMState]:
        *_, o, c = self.gate_values(projected, state, mask)
        h = o * torch.tanh(c)
        return h, LSTMState(h, c)
