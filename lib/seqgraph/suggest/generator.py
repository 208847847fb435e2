"""Write the next query, word by word."""

import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn

from seqgraph.attention import AdditiveAttention
from seqgraph.core.expect import expect, expect_size
from seqgraph.recurrent import GRUCell
from seqgraph.recurrent.cell import HiddenState
from seqgraph.suggest.session_encoder import SessionCode

PADDING = -100


class QueryGenerator(nn.Module):
    r"""A recurrent decoder that looks at all queries of the session before each word.

    .. math::
        c_j = \sum_i \alpha_{ji} h_i, \qquad s_j = \text{GRU}\big([w_{j-1}; c_j],\ s_{j-1}\big), \qquad
        P(w_j) = \operatorname{softmax}(V s_j + b)

    Where:
        h_i are the states of the session encoder, alpha_j the additive attention of s_{j-1} on them, and
        s_0 = tanh(W c). The word before the first one is the zero vector.

    Shape:
        code: a :class:`SessionCode` of B sessions; words ``[B, J]``; scores ``[B, J, V + 1]``. Word number V
        means: the query ends here.

    Args:
        vectors: ``[V, D]``, the fixed vectors of the words that it reads back.
        context_size: numbers in one state of the session encoder, at least 1.
        hidden_size: H, units of the decoder, at least 1.

    Returns:
        From a call ``(code, words)``: scores of each next word, given that all words before it are right.

    Raises:
        ValueError: a size is below 1.
        ShapeError: vectors or words have the wrong shape.

    Source:
        [jiang2018rin]

    Example:
        >>> import torch
        >>> from seqgraph.suggest import SessionEncoder
        >>> code = SessionEncoder(3, 4)(torch.ones(2, 5, 3), torch.tensor([5, 2]))
        >>> generator = QueryGenerator(torch.eye(6), context_size=8, hidden_size=4)
        >>> generator(code, torch.tensor([[2, 1, 6], [3, 6, -100]])).shape
        torch.Size([2, 3, 7])
    """

    vectors: Tensor

    def __init__(self, vectors: Float[Tensor, "V D"], context_size: int, hidden_size: int):
        super().__init__()
        expect("QueryGenerator", "vectors", vectors, ("V", "D"))
        self.context_size = expect_size("QueryGenerator", "context_size", context_size)
        expect_size("QueryGenerator", "hidden_size", hidden_size)
        size = vectors.shape[1]
        self.register_buffer("vectors", torch.cat([vectors, vectors.new_zeros(1, size)]))
        self.start = nn.Linear(context_size, hidden_size, bias=False)
        self.attention = AdditiveAttention(hidden_size, context_size, hidden_size)
        self.cell = GRUCell(size + context_size, hidden_size)
        self.read_out = nn.Linear(hidden_size, len(vectors) + 1)

    def forward(self, code: SessionCode, words: Int64[Tensor, "B J"]) -> Float[Tensor, "B J V"]:
        expect("QueryGenerator", "words", words, (len(code.context), "J"), "B as the sessions")
        before = self.vectors[words.clamp(min=0)]
        before = torch.cat([torch.zeros_like(before[:, :1]), before[:, :-1]], dim=1)
        state, outputs = self._first(code), []
        for word in before.unbind(1):
            state = self._step(code, word, state)
            outputs.append(state)
        return self.read_out(torch.stack(outputs, dim=1))

    def write(self, code: SessionCode, most: int) -> list[list[int]]:
        """Write one query a session, taking the best word each time, of at most ``most`` words."""
        expect_size("QueryGenerator", "most", most)
        end = len(self.vectors) - 1
        word, state, written = self.vectors[[end] * len(code.context)], self._first(code), []
        for _ in range(most):
            state = self._step(code, word, state)
            chosen = self.read_out(state).argmax(-1)
            word = self.vectors[chosen]
            written.append(chosen)
        rows = torch.stack(written, dim=1).tolist()
        return [row[: row.index(end)] if end in row else row for row in rows]

    def _first(self, code: SessionCode) -> Tensor:
        return self.start(code.context).tanh()

    def _step(self, code: SessionCode, word: Tensor, state: Tensor) -> Tensor:
        context, _ = self.attention(state[:, None], code.states, mask=code.present)
        return self.cell(torch.cat([word, context[:, 0]], dim=-1), HiddenState(state))[0]


def generator_loss(scores: Float[Tensor, "B J V"], words: Int64[Tensor, "B J"]) -> Float[Tensor, ""]:
    r"""Cross entropy of the wanted words, mean over all of them.

    .. math:: L_G = -\frac1n \sum_{j} \log P(w_j \mid w_1, \ldots, w_{j-1}, c)

    Where:
        n is the number of words, the sign for the end included.

    Shape:
        scores ``[B, J, V]``, words ``[B, J]``; one number.

    Args:
        scores: from a :class:`QueryGenerator`.
        words: word numbers; -100 fills the places past the end.

    Returns:
        The loss.

    Raises:
        ShapeError: words has another shape than the scores ask for.

    Source:
        [jiang2018rin]

    Example:
        >>> import torch
        >>> round(generator_loss(torch.zeros(1, 2, 4), torch.tensor([[3, -100]])).exp().item(), 4)
        4.0
    """
    expect("generator_loss", "words", words, tuple(scores.shape[:2]), "as the scores")
    return nn.functional.cross_entropy(scores.flatten(0, 1), words.flatten(), ignore_index=PADDING)
