"""The N-ary Tree-LSTM: each place among the children has weights of its own."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.recurrent.lstm import LSTMCell, LSTMState
from seqgraph.trees.cell import Children, TreeCell


class NaryLSTMCell(TreeCell):
    r"""One node of an N-ary Tree-LSTM (树形 LSTM): one forget gate for each child.

    .. math::
        i_v &= \sigma\Bigl(W_i x_v + \sum_k U_i^k h_{v_k} + b_i\Bigr) \qquad
        f_{vk} = \sigma\Bigl(W_f x_v + \sum_l U_f^{kl} h_{v_l} + b_f\Bigr) \\
        g_v &= \tanh\Bigl(W_g x_v + \sum_k U_g^k h_{v_k} + b_g\Bigr) \qquad
        o_v = \sigma\Bigl(W_o x_v + \sum_k U_o^k h_{v_k} + b_o\Bigr) \\
        c_v &= i_v \odot g_v + \sum_k f_{vk} \odot c_{v_k} \qquad
        h_v = o_v \odot \tanh(c_v)

    v_1 to v_K are the children of node v in order; a missing child counts as h = c = 0. All forget gates
    share W_f and b_f. ``W.weight [4H, I]`` has the rows i, f, g, o; ``U.weight [(3 + K) H, K H]`` the rows i,
    f_1 to f_K, g, o and the columns of child 1 to K. ``set_gate_bias(cell, "f", 1.0)`` opens all forget
    gates.

    Args:
        input_size: I, numbers in one input vector, at least 1.
        hidden_size: H, numbers in h and in c, at least 1.
        arity: K, the most children of a node, at least 1.

    Source:
        [tai2015tree]

    Differs:
        The paper writes u for our g.

    Example:
        >>> NaryLSTMCell(3, 4, arity=2).U.weight.shape
        torch.Size([20, 8])
    """

    gates = ("i", "f", "g", "o")

    def __init__(self, input_size: int, hidden_size: int, arity: int = 2):
        super().__init__(input_size, hidden_size, arity)

    def make_child_weights(self) -> None:
        H, K = self.hidden_size, self.arity
        self.U = nn.Linear(K * H, (3 + K) * H, bias=False)

    def step(
        self, projected: Float[Tensor, "n P"], children: Children | None
    ) -> LSTMState:
        n, H, K = len(projected), self.hidden_size, self.arity
        i, f, g, o = projected.chunk(4, dim=-1)
        kept = 0.0
        if children is not None:
            h, c = (children.side_by_side(part, n, K) for part in children.state)
            U_i, U_f, U_g, U_o = self.U(h).split([H, K * H, H, H], dim=-1)
            i, g, o = i + U_i, g + U_g, o + U_o
            f = torch.sigmoid(f[:, None] + U_f.view(n, K, H))
            kept = (f * c.view(n, K, H)).sum(1)
        c = torch.sigmoid(i) * torch.tanh(g) + kept
        return LSTMState(torch.sigmoid(o) * torch.tanh(c), c)

    @classmethod
    def from_lstm(cls, cell: LSTMCell) -> "NaryLSTMCell":
        """Copy an ``LSTMCell``: arity 1, on ``Forest.chain`` the same network."""
        made = cls.sized_like(cell, LSTMCell, arity=1)
        with torch.no_grad():
            made.U.weight.copy_(cell.U.weight)
        return made
