"""The network that writes."""

import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_size
from seqgraph.seq2seq.encoder import Memory


class Decoder(nn.Module):
    r"""A GRU that writes one symbol a step and looks at the source after each step (解码器).

    .. math:: d_t = \operatorname{GRU}(E\,y_{t-1},\ d_{t-1}), \qquad d_0 = \tanh(W\,\text{last} + b), \qquad
        \log p(y_t \mid y_{<t}, x) = \log \operatorname{softmax}\big(V [d_t;\ \bar v_t] + b'\big)

    Shape:
        tokens from y_0 = BEGIN on ``[B, T]``, d ``[B, H]``; scores ``[B, T, V]``, weights ``[B, T, S]``.

    Args:
        vocabulary_size, embedding_size: V symbols, and the numbers in one embedded symbol, at least 1.
        hidden_size, key_size: H, and K numbers in one key of the encoder, at least 1.
        attention: ``attention(query, keys, mask=mask)`` -> contexts \bar v_t of the queries d_t, weights.

    Example:
        >>> from seqgraph.attention import BilinearAttention
        >>> memory = Memory(torch.ones(1, 3, 16), torch.ones(1, 3) > 0, torch.ones(1, 16))
        >>> decoder = Decoder(12, 4, 6, 16, BilinearAttention(6, 16))
        >>> decoder(torch.tensor([[1, 4]]), decoder.first_state(memory), memory)[0].shape
        torch.Size([1, 2, 12])
    """

    def __init__(
        self,
        vocabulary_size: int,
        embedding_size: int,
        hidden_size: int,
        key_size: int,
        attention: nn.Module,
    ):
        super().__init__()
        vocabulary_size = expect_size("Decoder", "vocabulary_size", vocabulary_size)
        embedding_size = expect_size("Decoder", "embedding_size", embedding_size)
        self.hidden_size = expect_size("Decoder", "hidden_size", hidden_size)
        self.W = nn.Linear(expect_size("Decoder", "key_size", key_size), hidden_size)
        self.embedding = nn.Embedding(vocabulary_size, embedding_size)
        self.rnn = nn.GRU(embedding_size, hidden_size, batch_first=True)
        self.attention = attention
        self.V = nn.Linear(hidden_size + key_size, vocabulary_size)

    def first_state(self, memory: Memory) -> Float[Tensor, "B H"]:
        """The state before the first step, made of the encoder's last states."""
        return torch.tanh(self.W(memory.last))

    def forward(
        self, tokens: Int64[Tensor, "B T"], d: Float[Tensor, "B H"], memory: Memory
    ) -> tuple[Float[Tensor, "B T V"], Float[Tensor, "B H"], Float[Tensor, "B T S"]]:
        """Read the symbols before each step; return scores of the next ones, the new state, the weights."""
        expect("Decoder", "tokens", tokens, (len(memory.keys), "T"), "B as the memory")
        expect(
            "Decoder",
            "d",
            d,
            (len(tokens), self.hidden_size),
            f"hidden_size={self.hidden_size}",
        )
        states, last = self.rnn(self.embedding(tokens), d[None].contiguous())
        context, weights = self.attention(states, memory.keys, mask=memory.mask)
        return self.V(torch.cat([states, context], dim=-1)), last[0], weights
