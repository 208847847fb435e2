"""The reformulation inference network, whole."""

from collections.abc import Callable
from typing import NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn

from seqgraph.core.expect import expect
from seqgraph.suggest.discriminator import QueryDiscriminator
from seqgraph.suggest.generator import GeneratorState, QueryGenerator
from seqgraph.suggest.homomorphic import homomorphic, with_reformulations
from seqgraph.suggest.inferencer import ReformulationInferencer
from seqgraph.suggest.session_encoder import SessionCode, SessionEncoder


class RINOutput(NamedTuple):
    """What the three heads say about a batch of sessions."""

    reformulation: Tensor
    """``[B, D]``: the inferred change."""
    target: Tensor
    """``[B, D]``: the true change."""
    scores: Tensor
    """``[B, C]``: one score a candidate."""
    words: Tensor
    """``[B, J, V]``: log-probabilities of each word."""


class RIN(nn.Module):
    r"""The reformulation inference network: one session encoder and three heads.

    .. math:: c = \text{encoder}(\text{reader}(v)), \qquad c \mapsto \hat r_T,\ \hat y,\ P(w_1, \ldots)

    Shape:
        the parts of a :class:`SessionBatch`; a :class:`RINOutput`.

    Args:
        vectors: ``[V, D]``, one fixed vector a number of an Alphabet, those of the four signs first.
        hidden_size: H, units of each part, at least 1.
        reader: a function or module that makes what the encoder reads, ``[B, T, I]``, of the query vectors
            v ``[B, T, D]``, such as :func:`with_reformulations`, :func:`reformulations` or ``nn.Identity()``.

    Example:
        >>> bags = torch.eye(6)[None]
        >>> RIN(torch.eye(6), 4)(bags, torch.tensor([6]), bags, torch.tensor([[4, 2]])).scores.shape
        torch.Size([1, 6])
    """

    vectors: Tensor

    def __init__(
        self,
        vectors: Float[Tensor, "V D"],
        hidden_size: int = 32,
        reader: Callable[[Tensor], Tensor] = with_reformulations,
    ):
        super().__init__()
        expect("RIN", "vectors", vectors, ("V", "D"))
        read = reader(vectors[None, :1])
        expect("RIN", "reader(v)", read, (1, 1, "I"), "one row of numbers a query")
        self.register_buffer("vectors", vectors.clone())
        self.reader, size = reader, vectors.shape[1]
        self.encoder = SessionEncoder(read.shape[-1], hidden_size)
        self.inferencer = ReformulationInferencer(2 * hidden_size, hidden_size, size)
        self.discriminator = QueryDiscriminator(size, 2 * hidden_size, hidden_size)
        self.generator = QueryGenerator(vectors, 2 * hidden_size, hidden_size)

    def encode(
        self, bags: Float[Tensor, "B T V"], lengths: Int64[Tensor, " B"]
    ) -> SessionCode:
        """Read the sessions."""
        return self.encoder(self.reader(homomorphic(bags, self.vectors)), lengths)

    def forward(
        self,
        bags: Float[Tensor, "B T V"],
        lengths: Int64[Tensor, " B"],
        candidates: Float[Tensor, "B C V"],
        words: Int64[Tensor, "B J"],
    ) -> RINOutput:
        code, v = self.encode(bags, lengths), homomorphic(candidates, self.vectors)
        last = bags[torch.arange(len(bags), device=bags.device), lengths - 1]
        return RINOutput(
            self.inferencer(code.context),
            v[:, 0] - homomorphic(last, self.vectors),
            self.discriminator(v, code.context),
            self.generator(code, words),
        )

    def start(
        self, bags: Float[Tensor, "B T V"], lengths: Int64[Tensor, " B"]
    ) -> GeneratorState:
        """Read the sessions; return where the generator stands before the first word."""
        return self.generator.start(self.encode(bags, lengths))

    def step(
        self, tokens: Int64[Tensor, " B"], state: GeneratorState
    ) -> tuple[Float[Tensor, "B V"], GeneratorState]:
        """One step of the generator, for a search."""
        return self.generator.step(tokens, state)
