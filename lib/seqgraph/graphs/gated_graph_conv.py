"""The gated graph network: a fixed number of rounds, and a GRU in every node."""

import torch
from jaxtyping import Float, Integer
from torch import Tensor, nn

from seqgraph.core.expect import ShapeError, expect, expect_dtype, expect_size
from seqgraph.graphs.message_passing import MessagePassing, expect_graph
from seqgraph.recurrent import GRUResetAfterCell, HiddenState


class GatedGraphConv(MessagePassing):
    r"""Some rounds of messages, each the input of a GRU whose state is the node.

    .. math:: h_i^{(0)} = [x_i, 0], \qquad
              h_i^{(t)} = \text{GRU}\Bigl(\sum_{j \to i} e_{ji}\, W^{(t)} h_j^{(t-1)},\ h_i^{(t-1)}\Bigr)

    t runs from 1 to T. Nothing has to come to rest: the number of rounds is part of the network, and the
    gradient goes back through all of them. So no weight is bound, and a node starts from its own features.

    Shape:
        x ``[N, I]`` with I at most H; edge_index ``[2, E]``; e ``[E]``, a weight an edge, or None; result
        ``[N, H]``.

    Args:
        hidden_size: H, numbers in the state of a node, at least 1.
        steps: T, the number of rounds, at least 1.

    Raises:
        ShapeError: x has more than H columns.
        TypeError: ``from_pyg`` got another module.
        ValueError: ``from_pyg`` got one that does not sum, or whose row 0 receives.

    Source:
        [li2016ggnn]

    Differs:
        As in PyG, each round has a W of its own and the GRU is PyTorch's; the paper has one W for each kind
        of edge in all rounds, and a GRU that resets before the product.

    Example:
        >>> x, edge_index = torch.ones(3, 2), torch.tensor([[0, 1], [1, 2]])
        >>> GatedGraphConv(4, steps=2)(x, edge_index).shape
        torch.Size([3, 4])
    """

    def __init__(self, hidden_size: int, steps: int):
        super().__init__()
        self.hidden_size = expect_size(self._get_name(), "hidden_size", hidden_size)
        self.steps = expect_size(self._get_name(), "steps", steps)
        self.W = nn.Parameter(torch.empty(steps, hidden_size, hidden_size))
        nn.init.uniform_(self.W, -(hidden_size**-0.5), hidden_size**-0.5)
        self.cell = GRUResetAfterCell(hidden_size, hidden_size)

    def message(self, x_i: Tensor, x_j: Tensor, e: Tensor | None) -> Tensor:
        return x_j if e is None else e[:, None] * x_j

    def update(self, x: Tensor, m: Tensor) -> Tensor:
        return self.cell(m, HiddenState(x))[0]

    def forward(
        self,
        x: Float[Tensor, "N I"],
        edge_index: Integer[Tensor, "2 E"],
        e: Float[Tensor, " E"] | None = None,
    ) -> Float[Tensor, "N H"]:
        who = self._get_name()
        expect(who, "x", x, ("N", "I"))
        x = expect_dtype(who, "x", x, self.W.dtype)
        expect_graph(who, x, edge_index, e)
        if e is not None:
            expect(who, "e", e, (edge_index.shape[1],), "one weight an edge")
        missing = self.hidden_size - x.shape[1]
        if missing < 0:
            raise ShapeError(
                f"{who}: x must have at most {self.hidden_size} columns"
                f" (hidden_size={self.hidden_size}), got {list(x.shape)}."
            )
        h = torch.cat([x, x.new_zeros(len(x), missing)], dim=1)
        sender, receiver = edge_index
        for W in self.W:
            sent = (h @ W.T).to(h.dtype)[sender]
            m = self.aggregate(self.message(h, sent, e), receiver, len(h))
            h = self.update(h, m)
        return h

    @classmethod
    def from_pyg(cls, module: nn.Module) -> "GatedGraphConv":
        """Copy a ``torch_geometric.nn.GatedGraphConv`` that sums, row 0 sending."""
        name, who = type(module).__name__, f"{cls.__name__}.from_pyg"
        if name != "GatedGraphConv" or not hasattr(module, "rnn"):
            raise TypeError(f"{who}: module must be PyG's GatedGraphConv, got {name}.")
        if module.aggr not in ("add", "sum") or module.flow != "source_to_target":
            raise ValueError(
                f"{who}: module must have aggr='add' and flow='source_to_target',"
                f" got {module.aggr!r} and {module.flow!r}."
            )
        layer = cls(module.out_channels, module.num_layers).to(module.weight)
        layer.cell = GRUResetAfterCell.from_torch(module.rnn)
        with torch.no_grad():
            layer.W.copy_(module.weight.transpose(1, 2))
        return layer
