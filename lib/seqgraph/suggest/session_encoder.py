"""From the queries of a session to one vector."""

from typing import NamedTuple

from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.attention import AdditiveAttention
from seqgraph.core.expect import expect, expect_size
from seqgraph.core.lengths import present_steps
from seqgraph.recurrent import Bidirectional, GRUCell


class SessionCode(NamedTuple):
    """What a session encoder has read."""

    context: Tensor
    """``[B, 2H]``: the whole session in one vector, the c of the equations."""
    states: Tensor
    """``[B, T, 2H]``: one state a query, both directions."""
    weights: Tensor
    """``[B, T]``: the attention on each query; rows sum to 1."""
    present: Tensor
    """``[B, T]``: False in the padding."""


class SessionEncoder(nn.Module):
    r"""Read a search session in both directions with a GRU and pool its states by attention.

    .. math:: h_i = [\overrightarrow{h}_i; \overleftarrow{h}_i], \qquad c = \sum_i \alpha_i h_i, \qquad
        \alpha = \operatorname{softmax}_i\big(V \tanh(U h_i + b)\big)

    Shape:
        x ``[B, T, I]``, lengths ``[B]``; a :class:`SessionCode`.

    Args:
        input_size, hidden_size: I, and H units of each direction and of the attention, at least 1.

    Example:
        >>> import torch
        >>> SessionEncoder(3, 4)(torch.ones(2, 5, 3), torch.tensor([5, 2])).weights[1, 2:].tolist()
        [0.0, 0.0, 0.0]
    """

    def __init__(self, input_size: int, hidden_size: int):
        super().__init__()
        self.input_size = expect_size("SessionEncoder", "input_size", input_size)
        expect_size("SessionEncoder", "hidden_size", hidden_size)
        self.rnn = Bidirectional(
            GRUCell(input_size, hidden_size), GRUCell(input_size, hidden_size)
        )
        # Pooling has no question to ask: the attention's "query" is the number 1, its weight is the bias b.
        self.pool = AdditiveAttention(1, 2 * hidden_size, hidden_size)

    def forward(self, x: Float[Tensor, "B T I"], lengths: Tensor) -> SessionCode:
        expect(
            "SessionEncoder",
            "x",
            x,
            ("B", "T", self.input_size),
            f"input_size={self.input_size}",
        )
        present = present_steps("SessionEncoder", x, lengths)
        states, _ = self.rnn(x, lengths=lengths)
        context, weights = self.pool(x.new_ones(len(x), 1, 1), states, mask=present)
        return SessionCode(context[:, 0], states, weights[:, 0], present)
