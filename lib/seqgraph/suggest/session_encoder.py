"""From the queries of a session to one vector."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.attention import AdditiveAttention
from seqgraph.core.expect import expect, expect_size
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
    r"""Read a search session in both directions and pool it by attention.

    .. math::
        h_i = [\overrightarrow{h}_i; \overleftarrow{h}_i], \qquad
        \alpha = \operatorname{softmax}_i\big(V \tanh(U h_i + b)\big), \qquad c = \sum_i \alpha_i h_i

    Where:
        h are the outputs of a bidirectional GRU on x_1, ..., x_T.

    Shape:
        x ``[B, T, I]``, lengths ``[B]``; a :class:`SessionCode`.

    Args:
        input_size: I, numbers that describe one query, at least 1.
        hidden_size: H, units of each direction and of the attention, at least 1.

    Returns:
        From a call ``(x, lengths)``: context, states, attention weights and where queries are.

    Raises:
        ValueError: a size or a length is out of range.
        ShapeError: x or lengths have the wrong shape.

    Source:
        [jiang2018rin]

    Example:
        >>> import torch
        >>> code = SessionEncoder(3, 4)(torch.ones(2, 5, 3), torch.tensor([5, 2]))
        >>> code.context.shape, code.weights[1, 2:].tolist()
        (torch.Size([2, 8]), [0.0, 0.0, 0.0])
    """

    def __init__(self, input_size: int, hidden_size: int):
        super().__init__()
        self.input_size = expect_size("SessionEncoder", "input_size", input_size)
        self.hidden_size = expect_size("SessionEncoder", "hidden_size", hidden_size)
        self.rnn = Bidirectional(GRUCell(input_size, hidden_size), GRUCell(input_size, hidden_size))
        # Pooling has no question to ask: the attention's "query" is the number 1, its weight is the bias b.
        self.pool = AdditiveAttention(1, 2 * hidden_size, hidden_size)

    def forward(self, x: Float[Tensor, "B T I"], lengths: Tensor) -> SessionCode:
        expect("SessionEncoder", "x", x, ("B", "T", self.input_size), f"input_size={self.input_size}")
        states, _ = self.rnn(x, lengths=lengths)
        present = torch.arange(x.shape[1], device=x.device) < lengths.to(x.device)[:, None]
        context, weights = self.pool(x.new_ones(len(x), 1, 1), states, mask=present)
        return SessionCode(context[:, 0], states, weights[:, 0], present)
