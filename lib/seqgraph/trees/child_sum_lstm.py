"""The child-sum Tree-LSTM: any number of children, in no order."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.recurrent.lstm import LSTMCell, LSTMState
from seqgraph.trees.cell import Children, TreeCell


class ChildSumLSTMCell(TreeCell):
    r"""One node of a child-sum Tree-LSTM (树形 LSTM): a sum over children, each with its forget gate.

    .. math::
        \tilde h_v &= \sum_k h_{v_k} \qquad
        f_{vk} = \sigma(W_f x_v + U_f h_{v_k} + b_f) \\
        i_v &= \sigma(W_i x_v + U_i \tilde h_v + b_i) \qquad
        g_v = \tanh(W_g x_v + U_g \tilde h_v + b_g) \qquad
        o_v = \sigma(W_o x_v + U_o \tilde h_v + b_o) \\
        c_v &= i_v \odot g_v + \sum_k f_{vk} \odot c_{v_k} \qquad
        h_v = o_v \odot \tanh(c_v)

    The order of the children does not matter; without children both sums are 0. ``W.weight [4H, I]`` and b
    hold the rows of i, f, g, o; ``U.weight [3H, H]`` those of i, g, o, which read the sum; ``U_f.weight [H,
    H]`` reads each child.

    Args:
        input_size: I, numbers in one input vector, at least 1.
        hidden_size: H, numbers in h and in c, at least 1.

    Source:
        [tai2015tree]

    Differs:
        The paper writes u for our g. Some programs leave out W_f x, which the paper has.

    Example:
        >>> ChildSumLSTMCell(3, 4).U.weight.shape
        torch.Size([12, 4])
    """

    gates = ("i", "f", "g", "o")

    def __init__(self, input_size: int, hidden_size: int):
        super().__init__(input_size, hidden_size)

    def make_child_weights(self) -> None:
        self.U = nn.Linear(self.hidden_size, 3 * self.hidden_size, bias=False)
        self.U_f = nn.Linear(self.hidden_size, self.hidden_size, bias=False)

    def step(
        self, projected: Float[Tensor, "n P"], children: Children | None
    ) -> LSTMState:
        i, f, g, o = projected.chunk(4, dim=-1)
        kept = 0.0
        if children is not None:
            h, c = children.state
            U_i, U_g, U_o = self.U(children.add_up(h, len(i))).chunk(3, -1)
            i, g, o = i + U_i, g + U_g, o + U_o
            f = torch.sigmoid(children.of_parent(f) + self.U_f(h))
            kept = children.add_up(f * c, len(i))
        c = torch.sigmoid(i) * torch.tanh(g) + kept
        return LSTMState(torch.sigmoid(o) * torch.tanh(c), c)

    @classmethod
    def from_lstm(cls, cell: LSTMCell) -> "ChildSumLSTMCell":
        """Copy an ``LSTMCell``: on ``Forest.chain`` the same network."""
        made = cls.sized_like(cell, LSTMCell)
        with torch.no_grad():
            U_i, U_f, U_g, U_o = cell.U.weight.chunk(4)
            made.U.weight.copy_(torch.cat([U_i, U_g, U_o]))
            made.U_f.weight.copy_(U_f)
        return made
