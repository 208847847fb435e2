"""The gated recurrent unit of PyTorch: reset after the product."""

import torch
from torch import Tensor, nn

from seqgraph.recurrent.cell import GatedCell, HiddenState
from seqgraph.recurrent.gru import GRUGates
from seqgraph.recurrent.torch_weights import copy_from_torch, copy_to_torch


class GRUResetAfterCell(GatedCell):
    r"""One step of a gated recurrent unit, the reset gate acting after the product: PyTorch's GRU.

    .. math::
        r_t &= \sigma(W_r x_t + U_r h_{t-1} + b_r + c_r) \\
        z_t &= \sigma(W_z x_t + U_z h_{t-1} + b_z + c_z) \\
        n_t &= \tanh(W_n x_t + b_n + r_t \odot (U_n h_{t-1} + c_n)) \\
        h_t &= z_t \odot h_{t-1} + (1 - z_t) \odot n_t

    The letters are those of :class:`GRUCell`. b is ``W.bias`` and c is ``U.bias``: c_n lies inside the reset
    and cannot be merged with b_n.

    Args:
        input_size: I, numbers in one input vector, at least 1.
        hidden_size: H, numbers in the state, at least 1.
        bias: whether there are b and c.

    Source:
        [cho2014learning]

    Differs:
        One product with U serves all three gates here, which is why fused kernels take this form; Keras calls
        it ``reset_after``.

    Example:
        >>> fused = nn.GRU(2, 3, batch_first=True)
        >>> x = torch.ones(1, 1, 2)
        >>> torch.allclose(GRUResetAfterCell.from_torch(fused)(x[:, 0])[0], fused(x)[0][:, 0], atol=1e-6)
        True
    """

    gates = GRUGates._fields

    def __init__(self, input_size: int, hidden_size: int, bias: bool = True):
        super().__init__(input_size, hidden_size, bias)
        self.U = nn.Linear(hidden_size, 3 * hidden_size, bias=bias)
        self.reset_parameters()

    def gate_values(
        self, projected: Tensor, state: HiddenState, mask: Tensor | None = None
    ) -> GRUGates:
        x_r, x_z, x_n = projected.chunk(3, dim=-1)
        h_r, h_z, h_n = self.recur(state.h, mask).chunk(3, dim=-1)
        r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
        n = torch.tanh(x_n + r * h_n)
        return GRUGates(r, z, n)

    def step(
        self, projected: Tensor, state: HiddenState, mask: Tensor | None = None
    ) -> tuple[Tensor, HiddenState]:
        _, z, n = self.gate_values(projected, state, mask)
        h = z * state.h + (1 - z) * n
        return h, HiddenState(h)

    @classmethod
    def from_torch(
        cls, module: nn.Module, layer: int = 0, reverse: bool = False
    ) -> "GRUResetAfterCell":
        """Copy one layer and direction of a ``torch.nn.GRU`` or a ``torch.nn.GRUCell``."""
        return copy_from_torch(cls, module, (nn.GRU, nn.GRUCell), layer, reverse)

    def to_torch(self) -> nn.GRU:
        """A ``torch.nn.GRU`` (batch first) that computes the same function."""
        return copy_to_torch(self, nn.GRU)
