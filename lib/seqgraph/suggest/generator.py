"""Write the next query, word by word."""

from typing import NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn

from seqgraph.attention import AdditiveAttention
from seqgraph.core.expect import expect, expect_indices, expect_size
from seqgraph.recurrent import GRUCell
from seqgraph.recurrent.cell import HiddenState
from seqgraph.seq2seq import BEGIN
from seqgraph.suggest.session_encoder import SessionCode


class GeneratorState(NamedTuple):
    """Where a generator stands: all that a search has to carry from word to word."""

    s: Float[Tensor, "B H"]
    """The decoder's state."""
    code: SessionCode
    """What it looks at."""


class QueryGenerator(nn.Module):
    r"""A recurrent decoder that attends, additively, to all queries of the session before each word.

    .. math:: s_0 = \tanh(W c), \qquad c_j = \sum_i \alpha_{ji} h_i, \qquad
        s_j = \text{GRU}([v_{w_{j-1}}; c_j], s_{j-1}), \qquad P(w_j) = \operatorname{softmax}(V s_j + b)

    Shape:
        code: a :class:`SessionCode` with c and the h_i; words w_1, ..., END ``[B, J]``, where w_0 is BEGIN;
        log-probabilities ``[B, J, V]``, for :func:`~seqgraph.seq2seq.masked_cross_entropy`.

    Args:
        vectors: ``[V, D]``, the fixed vectors that are read back, one a number of an Alphabet.
        context_size, hidden_size: numbers in a state of the session encoder and of the decoder, at least 1.

    Example:
        >>> code = SessionCode(torch.ones(1, 8), torch.ones(1, 5, 8), torch.ones(1, 5), torch.ones(1, 5) > 0)
        >>> QueryGenerator(torch.eye(6), 8, hidden_size=4)(code, torch.tensor([[4, 5, 2]])).shape
        torch.Size([1, 3, 6])
    """

    vectors: Tensor

    def __init__(
        self, vectors: Float[Tensor, "V D"], context_size: int, hidden_size: int
    ):
        super().__init__()
        expect("QueryGenerator", "vectors", vectors, ("V", "D"))
        self.context_size = expect_size("QueryGenerator", "context_size", context_size)
        expect_size("QueryGenerator", "hidden_size", hidden_size)
        V, D = vectors.shape
        self.register_buffer("vectors", vectors.clone())
        self.W = nn.Linear(context_size, hidden_size, bias=False)
        self.attention = AdditiveAttention(hidden_size, context_size, hidden_size)
        self.cell = GRUCell(D + context_size, hidden_size)
        self.V = nn.Linear(hidden_size, V)

    def forward(
        self, code: SessionCode, words: Int64[Tensor, "B J"]
    ) -> Float[Tensor, "B J V"]:
        """Teacher forcing: the log-probabilities of each word, after the true words before it."""
        expect(
            "QueryGenerator",
            "words",
            words,
            (len(code.context), "J"),
            "B as the sessions",
        )
        expect_indices("QueryGenerator", "words", words, len(self.vectors))
        state, before, logs = self.start(code), torch.full_like(words[:, 0], BEGIN), []
        for word in words.unbind(1):
            log, state = self.step(before, state)
            logs.append(log)
            before = word
        return torch.stack(logs, dim=1)

    def start(self, code: SessionCode) -> GeneratorState:
        """Return where the decoder stands before the first word."""
        return GeneratorState(self.W(code.context).tanh(), code)

    def step(
        self, tokens: Int64[Tensor, " B"], state: GeneratorState
    ) -> tuple[Float[Tensor, "B V"], GeneratorState]:
        """Read the words just written; return the log-probabilities of the next, and the new state."""
        s, code = state
        context, _ = self.attention(s[:, None], code.states, mask=code.present)
        s, _ = self.cell(
            torch.cat([self.vectors[tokens], context[:, 0]], dim=-1), HiddenState(s)
        )
        return self.V(s).log_softmax(-1), GeneratorState(s, code)
