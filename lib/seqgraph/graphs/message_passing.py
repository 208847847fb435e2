"""Messages along the edges of a graph: what all graph layers share."""

from collections.abc import Callable

from jaxtyping import Float, Integer
from torch import Tensor, nn

from seqgraph.core.expect import ShapeError, expect, expect_indices
from seqgraph.core.segment import segment_sum
from seqgraph.graphs.sparse_sum import SparseSum, can_be_sparse


class MessagePassing(nn.Module):
    r"""One round of messages: every edge carries one, every node gathers its own and changes.

    .. math:: x_i' = \text{update}\Bigl(x_i,\ \operatorname{aggregate}_{j \to i}\
              \text{message}(x_i, x_j, e_{ji})\Bigr)

    A layer says what is sent (``message``), how the messages into a node become one (``aggregate``) and what
    the node makes of it (``update``). As it stands, a node receives the sum of its senders.

    Shape:
        x ``[N, ...]``, edge_index ``[2, E]``, e ``[E, ...]`` or None; result ``[N, ...]``. E may be 0, and
        loops, repeated edges and nodes without edges are legal.

    Example:
        >>> import torch
        >>> x, edge_index = torch.tensor([[1.0], [2.0], [5.0]]), torch.tensor([[0, 1], [2, 2]])
        >>> MessagePassing()(x, edge_index).tolist()  # 0 and 1 send to 2
        [[0.0], [0.0], [3.0]]
    """

    def __init__(self):
        super().__init__()
        self._sparse_sum = SparseSum()

    def message(self, x_i: Tensor | None, x_j: Tensor, e: Tensor | None) -> Tensor:
        """What each edge carries, one row an edge: ``x_i`` is the receiver, ``x_j`` the sender."""
        return x_j

    def aggregate(self, messages: Tensor, index: Tensor, num_nodes: int) -> Tensor:
        """The messages of each receiver ``index[e]`` made one; 0 for a node that receives none."""
        return segment_sum(messages, index, num_nodes)

    def update(self, x: Tensor, m: Tensor) -> Tensor:
        """The new nodes, from the old ones and what each received."""
        return m

    def from_senders(
        self, h: Tensor, edge_index: Tensor, e: Tensor | None = None
    ) -> Tensor:
        """What each node receives, where a message needs its sender and edge alone."""
        if self.adds_up() and can_be_sparse(h, edge_index, e):
            return self._sparse_sum(h, edge_index, e)
        sender, receiver = edge_index
        messages = self.message(None, h.index_select(0, sender), e)
        return self.aggregate(messages, receiver, len(h))

    def adds_up(self) -> bool:
        """Whether a node receives the sum of what its senders have, times ``e`` if there is one."""
        return self._uses(MessagePassing.message, MessagePassing.aggregate)

    def _uses(self, *functions: Callable) -> bool:
        own = (getattr(self, function.__name__) for function in functions)
        return all(
            getattr(method, "__func__", None) is function
            for method, function in zip(own, functions, strict=True)
        )

    def forward(
        self,
        x: Float[Tensor, "N ..."],
        edge_index: Integer[Tensor, "2 E"],
        e: Float[Tensor, "E ..."] | None = None,
    ) -> Float[Tensor, "N ..."]:
        expect_graph(self._get_name(), x, edge_index, e)
        sender, receiver = edge_index
        messages = self.message(
            x.index_select(0, receiver), x.index_select(0, sender), e
        )
        m = self.aggregate(messages, receiver, len(x))
        return self.update(x, m)


def expect_graph(
    who: str, x: Tensor, edge_index: Tensor, e: Tensor | None = None
) -> None:
    """Raise unless nodes, edges and what the edges carry fit together."""
    for name, value in (("x", x), ("e", e)):
        if isinstance(value, Tensor) and not value.is_floating_point():
            came = value.dtype
            raise TypeError(
                f"{who}: {name} must be a floating-point tensor, got {came}."
            )
    if not isinstance(x, Tensor):
        raise TypeError(f"{who}: x must be a torch.Tensor, got {type(x).__name__}.")
    if x.dim() == 0:
        raise ShapeError(f"{who}: x must have shape [N, ...], got [].")
    expect(who, "edge_index", edge_index, (2, "E*"))
    expect_indices(who, "edge_index", edge_index, len(x))
    if e is not None:
        edges = edge_index.shape[1]
        rest = e.shape[1:] if isinstance(e, Tensor) and e.dim() else ()
        expect(who, "e", e, (edges, *rest), "one row an edge")
        if e.dtype != x.dtype:
            raise TypeError(f"{who}: e must be {x.dtype} like x, got {e.dtype}.")
