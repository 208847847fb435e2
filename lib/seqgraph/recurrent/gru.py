"""The gated recurrent unit of the 2014 equations: reset before the product."""

from typing import NamedTuple

import torch
from torch import Tensor

from seqgraph.recurrent.bare_linear import split_rows
from seqgraph.recurrent.cell import GatedCell, HiddenState


class GRUGates(NamedTuple):
    """The reset gate r, the update gate z and the candidate n of one step, each ``[B, H]``."""

    r: Tensor
    z: Tensor
    n: Tensor


class GRUCell(GatedCell):
    r"""One step of a gated recurrent unit (GRU, 门控循环单元), the reset gate acting before the product.

    .. math::
        r_t &= \sigma(W_r x_t + U_r h_{t-1} + b_r) \\
        z_t &= \sigma(W_z x_t + U_z h_{t-1} + b_z) \\
        n_t &= \tanh(W_n x_t + U_n (r_t \odot h_{t-1}) + b_n) \\
        h_t &= z_t \odot h_{t-1} + (1 - z_t) \odot n_t

    r is the reset gate, z the update gate (z = 1 keeps the past), n the candidate; sigma is the logistic
    function, the circled dot the element-wise product. W, U and b hold the rows of r, z, n one under the
    other.

    Args:
        input_size: I, numbers in one input vector, at least 1.
        hidden_size: H, numbers in the state, at least 1.
        bias: whether there is a b.

    Source:
        [cho2014learning]

    Differs:
        torch.nn.GRU resets after the product: see :class:`GRUResetAfterCell`. Some papers swap z and 1 - z.

    Example:
        >>> output, state = GRUCell(2, 3)(torch.zeros(1, 2))
        >>> output.shape, state.h is output
        (torch.Size([1, 3]), True)
    """

    gates = GRUGates._fields

    def gate_values(
        self, projected: Tensor, state: HiddenState, mask: Tensor | None = None
    ) -> GRUGates:
        h = state.h if mask is None else state.h * mask
        x_gates, x_n = projected.tensor_split([2 * self.hidden_size], dim=-1)
        U_gates, U_n = split_rows(self.U, 2 * self.hidden_size)
        r, z = torch.sigmoid(x_gates + U_gates(h)).chunk(2, dim=-1)
        n = torch.tanh(x_n + U_n(r * h))
        return GRUGates(r, z, n)

    def step(
        self, projected: Tensor, state: HiddenState, mask: Tensor | None = None
    ) -> tuple[Tensor, HiddenState]:
        _, z, n = self.gate_values(projected, state, mask)
        h = z * state.h + (1 - z) * n
        return h, HiddenState(h)
