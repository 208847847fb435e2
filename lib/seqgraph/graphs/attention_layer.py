"""What attention over neighbours shares: scores on edges become shares in what a node hears."""

from abc import abstractmethod
from typing import NamedTuple

from jaxtyping import Float, Integer
from torch import Tensor

from seqgraph.core.expect import expect_size
from seqgraph.core.segment import segment_softmax
from seqgraph.graphs.edges import one_loop_each
from seqgraph.graphs.layer import GraphLayer, make_bias

SLOPE = 0.2  # of LeakyReLU below 0, in both papers


class EdgeAttention(NamedTuple):
    """How much each node listens to each of its senders."""

    edge_index: Tensor
    """The edges ``[2, E']`` that were used: those given, with exactly one self-loop a node."""
    weights: Tensor
    """One share an edge and head, ``[E', K]``; into each node they sum to 1."""


class AttentionLayer(GraphLayer):
    """K heads that weigh the senders of each node; a layer says how it scores an edge."""

    def __init__(
        self,
        input_size: int,
        output_size: int,
        num_heads: int = 1,
        concat: bool = True,
        bias: bool = True,
    ):
        super().__init__(input_size, output_size)
        self.num_heads = expect_size(self._get_name(), "num_heads", num_heads)
        self.concat = concat
        self.b = make_bias(output_size * (num_heads if concat else 1), bias)

    @abstractmethod
    def sent_and_scores(self, x: Tensor, edges: Tensor) -> tuple[Tensor, Tensor]:
        """What each edge carries, ``[E', K, O]``, and how it scores, ``[E', K]``."""

    def attention(
        self, x: Float[Tensor, "N I"], edge_index: Integer[Tensor, "2 E"]
    ) -> EdgeAttention:
        """The weights that ``forward`` uses, and the edges that they belong to."""
        return self._attend(self.check(x, edge_index), edge_index)[1]

    def _attend(self, x: Tensor, edge_index: Tensor) -> tuple[Tensor, EdgeAttention]:
        edges = one_loop_each(edge_index, len(x))
        sent, scores = self.sent_and_scores(x, edges)
        shares = segment_softmax(scores, edges[1], len(x))
        return sent, EdgeAttention(edges, shares)

    def message(self, x_i: Tensor | None, x_j: Tensor, e: Tensor) -> Tensor:
        """What the sender has, times each head's share."""
        return e[..., None] * x_j

    def update(self, x: Tensor, m: Tensor) -> Tensor:
        """The heads side by side, or their mean."""
        y = m.flatten(1) if self.concat else m.mean(1)
        return y if self.b is None else y + self.b

    def forward(
        self, x: Float[Tensor, "N I"], edge_index: Integer[Tensor, "2 E"]
    ) -> Float[Tensor, "N KO"]:
        x = self.check(x, edge_index)
        sent, (edges, shares) = self._attend(x, edge_index)
        messages = self.message(None, sent, shares)
        return self.update(x, self.aggregate(messages, edges[1], len(x)))

    def heads(self, h: Tensor, x: Tensor) -> Tensor:
        """Rows ``[N, K O]`` as ``[N, K, O]``, in the dtype of x."""
        return h.to(x.dtype).reshape(len(x), self.num_heads, self.output_size)

    def extra_repr(self) -> str:
        heads = f"num_heads={self.num_heads}, concat={self.concat}"
        return f"{super().extra_repr()}, {heads}"
