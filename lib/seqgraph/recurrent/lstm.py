"""The long short-term memory cell with its three gates."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.recurrent.cell import GatedCell
from seqgraph.recurrent.lstm_scan import lstm_scan
from seqgraph.recurrent.torch_weights import copy_from_torch, copy_to_torch


class LSTMState(NamedTuple):
    """The state of an LSTM: the output ``h`` and the memory cell ``c``, both ``[B, H]``."""

    h: Tensor
    """The output of the step before, ``[B, H]``."""
    c: Tensor
    """The memory cell, ``[B, H]``."""


class LSTMGates(NamedTuple):
    """The input, forget and output gates i, f, o and the candidate g of one step, each ``[B, H]``."""

    i: Tensor
    f: Tensor
    g: Tensor
    o: Tensor


class LSTMFamilyCell(GatedCell):
    """What all variants of the LSTM share: a state of h and c.

    Shape:
        as :class:`GatedCell`; the state is ``(h, c)``, each ``[B, H]``.
    """

    def initial_state(self, x: Float[Tensor, "B ..."]) -> LSTMState:
        shape = x.shape[0], self.hidden_size
        return LSTMState(x.new_zeros(shape), x.new_zeros(shape))


class LSTMCell(LSTMFamilyCell):
    r"""One step of a long short-term memory network (LSTM, 长短期记忆网络).

    .. math::
        i_t &= \sigma(W_i x_t + U_i h_{t-1} + b_i) \qquad
        f_t = \sigma(W_f x_t + U_f h_{t-1} + b_f) \\
        g_t &= \tanh(W_g x_t + U_g h_{t-1} + b_g) \qquad
        o_t = \sigma(W_o x_t + U_o h_{t-1} + b_o) \\
        c_t &= f_t \odot c_{t-1} + i_t \odot g_t \qquad
        h_t = o_t \odot \tanh(c_t)

    i, f, o are the input, forget and output gates, g is the candidate, c the memory cell; sigma is the
    logistic function. W, U and b hold the rows of i, f, g, o one under the other.

    Shape:
        x ``[B, I]``; output ``[B, H]``; state ``(h, c)``, each ``[B, H]``; ``W.weight [4H, I]``,
        ``U.weight [4H, H]``.

    Args:
        input_size: I, numbers in one input vector, at least 1.
        hidden_size: H, numbers in h and in c, at least 1.
        bias: whether there is a b.

    Source:
        [hochreiter1997lstm], with the forget gate of [gers2000forget]

    Differs:
        PyTorch has two biases whose sum is our b. Texts that write c with a tilde mean our g.

    Example:
        >>> fused = nn.LSTM(2, 3, batch_first=True)
        >>> x = torch.ones(1, 1, 2)
        >>> torch.allclose(LSTMCell.from_torch(fused)(x[:, 0])[0], fused(x)[0][:, 0], atol=1e-6)
        True
    """

    gates = LSTMGates._fields
    scan = lstm_scan

    def gate_values(
        self, projected: Tensor, state: LSTMState, mask: Tensor | None = None
    ) -> LSTMGates:
        i, f, g, o = (projected + self.recur(state.h, mask)).chunk(4, dim=-1)
        return LSTMGates(
            i=torch.sigmoid(i),
            f=torch.sigmoid(f),
            g=torch.tanh(g),
            o=torch.sigmoid(o),
        )

    def step(
        self, projected: Tensor, state: LSTMState, mask: Tensor | None = None
    ) -> tuple[Tensor, LSTMState]:
        i, f, g, o = self.gate_values(projected, state, mask)
        c = f * state.c + i * g
        h = o * torch.tanh(c)
        return h, LSTMState(h, c)

    @classmethod
    def from_torch(
        cls, module: nn.Module, layer: int = 0, reverse: bool = False
    ) -> "LSTMCell":
        """Copy one layer and direction of a ``torch.nn.LSTM`` or a ``torch.nn.LSTMCell``."""
        return copy_from_torch(cls, module, (nn.LSTM, nn.LSTMCell), layer, reverse)

    def to_torch(self) -> nn.LSTM:
        """A ``torch.nn.LSTM`` (batch first) that computes the same function."""
        return copy_to_torch(self, nn.LSTM)
