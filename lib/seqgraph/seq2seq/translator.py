"""Encoder and decoder together."""

from typing import NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn

from seqgraph.seq2seq.alphabet import BEGIN
from seqgraph.seq2seq.decoder import Decoder
from seqgraph.seq2seq.encoder import Encoder, Memory


class Writing(NamedTuple):
    """Where a decoder stands: all that a search has to carry from step to step."""

    d: Float[Tensor, "B H"]
    """The decoder's state."""
    memory: Memory
    """What it looks at."""


class Translator(nn.Module):
    r"""An encoder and a decoder (编码器-解码器).

    .. math:: \log p(y \mid x) = \sum_{t=1}^{T} \log p(y_t \mid y_1, \ldots, y_{t-1}, x)

    Shape:
        source x ``[B, S]``, target y ``[B, T]``, closed by END; scores ``[B, T, V]``.

    Args:
        encoder, decoder: one makes a :class:`Memory` of the source, the other writes with it.

    Example:
        >>> from seqgraph.seq2seq import FixedContext, greedy
        >>> model = Translator(Encoder(10, 4, 8), Decoder(12, 4, 6, 16, FixedContext(16)))
        >>> greedy(model.step, model.start(torch.tensor([[5, 7, 2]])), max_length=5).tokens.shape
        torch.Size([1, 5])
    """

    def __init__(self, encoder: Encoder, decoder: Decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder

    def forward(
        self, source: Int64[Tensor, "B S"], target: Int64[Tensor, "B T"]
    ) -> Float[Tensor, "B T V"]:
        """Teacher forcing (强制教学): scores of each symbol of the target, after the true ones before it."""
        return self._read(source, target)[0]

    def align(
        self, source: Int64[Tensor, "B S"], target: Int64[Tensor, "B T"]
    ) -> Float[Tensor, "B T S"]:
        """Return where the attention looks while the given target is written."""
        return self._read(source, target)[2]

    def _read(self, source: Tensor, target: Tensor) -> tuple:
        memory = self.encoder(source)
        before = torch.cat(
            [torch.full_like(target[:, :1], BEGIN), target[:, :-1]], dim=1
        )
        return self.decoder(before, self.decoder.first_state(memory), memory)

    def start(self, source: Int64[Tensor, "B S"]) -> Writing:
        """Read the source; return where the decoder stands before its first step."""
        memory = self.encoder(source)
        return Writing(self.decoder.first_state(memory), memory)

    def step(
        self, tokens: Int64[Tensor, " B"], state: Writing
    ) -> tuple[Float[Tensor, "B V"], Writing]:
        """Read the symbols just written; return the log-probabilities of the next, and the new state."""
        scores, d, _ = self.decoder(tokens[:, None], state.d, state.memory)
        return scores[:, 0].log_softmax(-1), Writing(d, state.memory)
