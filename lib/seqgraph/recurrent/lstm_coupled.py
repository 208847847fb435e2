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

    Where:
        f and o are the forget and output gates and g is the candidate, all as in :class:`LSTMCell`.
        W, U and b hold the rows of f, g, o one under the other.

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
        [greff2017odyssey], variant CIFG

    Differs:
        The cell is a moving average of candidates, so it stays within (-1, 1), unlike that of an LSTM.

    Example:
        >>> import torch
        >>> cell = CoupledLSTMCell(2, 3)
        >>> output, state = cell(torch.zeros(1, 2))
        >>> bool((state.c.abs() < 1).all())
        True
    """

    gates = CoupledGates._fields
    scan = coupled_scan

    def gate_values(self, projected: Tensor, state: LSTMState, mask: Tensor | None = None) -> CoupledGates:
        f, g, o = (projected + self.recur(state.h, mask)).chunk(3, dim=-1)
        return CoupledGates(torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o))

    def step(
        self, projected: Tensor, state: LSTMState, mask: Tensor | None = None
    ) -> tuple[Tensor, LSTMState]:
        f, g, o = self.gate_values(projected, state, mask)
        c = f * state.c + (1 - f) * g
        h = o * torch.tanh(c)
        return h, LSTMState(h, c)
