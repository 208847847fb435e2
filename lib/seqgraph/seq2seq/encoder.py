"""The network that reads."""

from typing import NamedTuple

import torch
from jaxtyping import Bool, Float, Int64
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from seqgraph.core.expect import expect, expect_size
from seqgraph.seq2seq.alphabet import PAD


class Memory(NamedTuple):
    """What an encoder hands to a decoder."""

    keys: Float[Tensor, "B S K"]
    """The encoder's output at each place of the source; zero behind its end."""
    mask: Bool[Tensor, "B S"]
    """True at the places of the source, False behind its end."""
    last: Float[Tensor, "B K"]
    """The last states of both directions, side by side: the whole source in one vector."""


class Encoder(nn.Module):
    r"""A GRU in two directions over embedded symbols (编码器); PyTorch's, which resets after the product.

    .. math:: h_s = [\overrightarrow{h}_s;\ \overleftarrow{h}_s], \qquad
        \text{last} = [\overrightarrow{h}_S;\ \overleftarrow{h}_1]

    Shape:
        source ``[B, S]`` of 0..V-1, each row with its own S; a :class:`Memory` with K = 2H.

    Args:
        vocabulary_size, embedding_size, hidden_size: V, numbers in an embedded symbol, and H, at least 1.

    Raises:
        ValueError: a source has no symbols.

    Example:
        >>> memory = Encoder(10, 4, 8)(torch.tensor([[5, 7, 2], [5, 2, 0]]))
        >>> memory.keys.shape, memory.mask[1].tolist(), memory.last.shape
        (torch.Size([2, 3, 16]), [True, True, False], torch.Size([2, 16]))
    """

    def __init__(self, vocabulary_size: int, embedding_size: int, hidden_size: int):
        super().__init__()
        vocabulary_size = expect_size("Encoder", "vocabulary_size", vocabulary_size)
        embedding_size = expect_size("Encoder", "embedding_size", embedding_size)
        hidden_size = expect_size("Encoder", "hidden_size", hidden_size)
        self.output_size = 2 * hidden_size
        self.embedding = nn.Embedding(vocabulary_size, embedding_size)
        self.rnn = nn.GRU(
            embedding_size, hidden_size, batch_first=True, bidirectional=True
        )

    def forward(self, source: Int64[Tensor, "B S"]) -> Memory:
        """Read padded sources; padding stands at the end and has the number 0."""
        expect("Encoder", "source", source, ("B", "S"))
        mask = source != PAD
        lengths = mask.sum(1).cpu()
        if bool((lengths == 0).any()):
            raise ValueError(
                "Encoder: source must have at least one symbol a row, got a row of padding."
            )
        packed = pack_padded_sequence(
            self.embedding(source), lengths, batch_first=True, enforce_sorted=False
        )
        outputs, states = self.rnn(packed)
        keys, _ = pad_packed_sequence(
            outputs, batch_first=True, total_length=source.shape[1]
        )
        return Memory(keys, mask, torch.cat([states[0], states[1]], dim=-1))
