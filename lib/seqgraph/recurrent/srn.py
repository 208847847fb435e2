"""The simple recurrent network."""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from seqgraph.recurrent.cell import GatedCell, HiddenState
from seqgraph.recurrent.torch_weights import copy_from_torch, copy_to_torch


class SRNGates(NamedTuple):
    """The one vector that a step computes; it is no gate, but is stored and measured like one."""

    h: Tensor


class SRNCell(GatedCell):
    r"""One step of a simple recurrent network (SRN, 简单循环网络).

    .. math:: h_t = \tanh(W x_t + U h_{t-1} + b)

    W ``[H, I]`` reads the input, U ``[H, H]`` reads the state before, b ``[H]`` is the bias.

    Args:
        input_size: I, numbers in one input vector, at least 1.
        hidden_size: H, numbers in the state, at least 1.
        bias: whether there is a b.

    Source:
        [elman1990finding]

    Differs:
        PyTorch has two biases whose sum is our b. Elman's units were logistic; tanh is today's usual choice.

    Example:
        >>> cell = SRNCell(1, 1)
        >>> _ = [nn.init.constant_(weight, 0.5) for weight in cell.parameters()]
        >>> output, state = cell(torch.tensor([[1.0]]))
        >>> round(output.item(), 4)  # tanh(0.5 + 0 + 0.5)
        0.7616
    """

    gates = SRNGates._fields

    def gate_values(
        self, projected: Tensor, state: HiddenState, mask: Tensor | None = None
    ) -> SRNGates:
        return SRNGates(h=torch.tanh(projected + self.recur(state.h, mask)))

    def step(
        self, projected: Tensor, state: HiddenState, mask: Tensor | None = None
    ) -> tuple[Tensor, HiddenState]:
        h = self.gate_values(projected, state, mask).h
        return h, HiddenState(h)

    @classmethod
    def from_torch(
        cls, module: nn.Module, layer: int = 0, reverse: bool = False
    ) -> "SRNCell":
        """Copy one layer and direction of a ``torch.nn.RNN`` (tanh) or a ``torch.nn.RNNCell``."""
        return copy_from_torch(cls, module, (nn.RNN, nn.RNNCell), layer, reverse)

    def to_torch(self) -> nn.RNN:
        """A ``torch.nn.RNN`` (batch first) that computes the same function."""
        return copy_to_torch(self, nn.RNN)
