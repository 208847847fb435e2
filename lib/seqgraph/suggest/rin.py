"""The reformulation inference network, whole."""

from typing import NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_number
from seqgraph.suggest.batch import SessionBatch
from seqgraph.suggest.discriminator import QueryDiscriminator, discriminator_loss
from seqgraph.suggest.generator import QueryGenerator, generator_loss
from seqgraph.suggest.homomorphic import homomorphic, reformulations
from seqgraph.suggest.inferencer import ReformulationInferencer, reformulation_loss
from seqgraph.suggest.session_encoder import SessionCode, SessionEncoder

READS = ("q", "r", "qr")


class RINOutput(NamedTuple):
    """What the three heads say about a batch of sessions."""

    reformulation: Tensor
    """``[B, D]``: the inferred change."""
    target: Tensor
    """``[B, D]``: the true change."""
    scores: Tensor
    """``[B, C]``: one score a candidate."""
    words: Tensor
    """``[B, J, V + 1]``: scores of each next word."""


class RIN(nn.Module):
    r"""The reformulation inference network: one session encoder and three heads.

    .. math::
        x_i = [v_{q_i}; r_{i-1}], \qquad c = \text{encoder}(x_1, \ldots, x_T), \qquad
        c \mapsto \hat r_T,\ \hat y,\ P(w_1, w_2, \ldots)

    Where:
        v_q is the sum of the word vectors of q and r_{i-1} the change that led to query i. The heads are a
        :class:`ReformulationInferencer`, a :class:`QueryDiscriminator` and a :class:`QueryGenerator`.

    Shape:
        bags ``[B, T, V]``, lengths ``[B]``, candidates ``[B, C, V]``, words ``[B, J]``; a :class:`RINOutput`.

    Args:
        vectors: ``[V, D]``, one fixed vector a word.
        hidden_size: H, units of each part, at least 1.
        reads: what the encoder reads: ``"q"`` the queries, ``"r"`` their reformulations, ``"qr"`` both.

    Returns:
        From a call with the parts of a :class:`SessionBatch`: a :class:`RINOutput`.

    Raises:
        ValueError: a size is below 1, or an unknown ``reads``.
        ShapeError: an argument has the wrong shape.

    Source:
        [jiang2018rin]

    Differs:
        The paper trains one network to rank and another one to write. Here one network has both heads, and
        :func:`rin_loss` says which of them learn.

    Example:
        >>> import torch
        >>> from seqgraph.suggest import session_batch
        >>> place = {"japan": 0, "tokyo": 1, "hotel": 2}
        >>> batch = session_batch([[("japan", "hotel")]], [[("tokyo", "hotel"), ("japan",)]], place)
        >>> RIN(torch.eye(3), hidden_size=4)(*batch).scores.shape
        torch.Size([1, 2])
    """

    vectors: Tensor

    def __init__(self, vectors: Float[Tensor, "V D"], hidden_size: int = 32, reads: str = "qr"):
        super().__init__()
        expect("RIN", "vectors", vectors, ("V", "D"))
        if reads not in READS:
            raise ValueError(f"RIN: reads must be one of {READS}, got {reads!r}.")
        self.register_buffer("vectors", vectors.clone())
        self.reads, size = reads, vectors.shape[1]
        self.encoder = SessionEncoder(size * len(reads), hidden_size)
        self.inferencer = ReformulationInferencer(2 * hidden_size, hidden_size, size)
        self.discriminator = QueryDiscriminator(size, 2 * hidden_size, hidden_size)
        self.generator = QueryGenerator(vectors, 2 * hidden_size, hidden_size)

    def encode(self, bags: Float[Tensor, "B T V"], lengths: Int64[Tensor, " B"]) -> SessionCode:
        """Read the sessions."""
        v = homomorphic(bags, self.vectors)
        r = reformulations(v)
        return self.encoder({"q": v, "r": r, "qr": torch.cat([v, r], dim=-1)}[self.reads], lengths)

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

    def write(self, batch: SessionBatch, most: int = 4) -> list[list[int]]:
        """Write a next query for each session, as word numbers; it never sees the right one."""
        with torch.no_grad():
            return self.generator.write(self.encode(batch.bags, batch.lengths), most)


def rin_loss(
    output: RINOutput, words: Int64[Tensor, "B J"], parts: str = "RDG", weight: float = 1.0
) -> Float[Tensor, ""]:
    r"""Add up the losses of those heads that are to learn.

    .. math::
        L = \text{weight} \cdot L_R + L_{\text{task}}, \qquad L_{\text{task}} \in \{L_D,\ L_G,\ L_D + L_G\}

    Shape:
        words ``[B, J]``; one number.

    Args:
        output: what a :class:`RIN` returned.
        words: the numbers of the wanted words.
        parts: any of the letters R (inferencer), D (discriminator) and G (generator).
        weight: of the inferencer's loss, above 0. Its size grows with the square of the vectors' scale.

    Returns:
        The sum.

    Raises:
        ValueError: no letter, an unknown one, or a weight that is not above 0.

    Source:
        [jiang2018rin]

    Differs:
        The paper has no weight.

    Example:
        >>> import torch
        >>> output = RINOutput(torch.ones(1, 2), torch.zeros(1, 2), torch.zeros(1, 5), torch.zeros(1, 1, 4))
        >>> rin_loss(output, torch.tensor([[3]]), "R").item()
        1.0
    """
    if not parts or set(parts) - set("RDG"):
        raise ValueError(f"rin_loss: parts must be letters of 'RDG', at least one, got {parts!r}.")
    expect_number("rin_loss", "weight", weight, above=0)
    losses = {
        "R": lambda: weight * reformulation_loss(output.reformulation, output.target),
        "D": lambda: discriminator_loss(output.scores),
        "G": lambda: generator_loss(output.words, words),
    }
    return sum(losses[part]() for part in sorted(set(parts)))
