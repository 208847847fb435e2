"""Edges of several kinds: each relation has a matrix of its own."""

import torch
from jaxtyping import Float, Integer
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_indices, expect_size
from seqgraph.core.segment import segment_mean
from seqgraph.graphs.layer import GraphLayer, copy_weights, expect_pyg


class RelationalGraphConv(GraphLayer):
    r"""A node from itself and, for each relation, from the mean of its senders.

    .. math:: y_i = W_0 x_i + b + \sum_r W_r \operatorname*{mean}_{j \xrightarrow{r} i} x_j

    A node without senders in a relation receives 0 from it.

    Shape:
        x ``[N, I]``, edge_index ``[2, E]``, edge_type ``[E]`` in 0..R-1; result ``[N, O]``.

    Args:
        input_size: I, at least 1.
        output_size: O, at least 1.
        num_relations: R, at least 1; a relation and its inverse are two.
        bias: whether there is a b.

    Raises:
        ValueError: ``from_pyg`` got a module without a root weight, or with other options than ours.

    Source:
        [schlichtkrull2018rgcn]

    Differs:
        The paper shares weights between relations; here, as in PyG's defaults, each has a full matrix.

    Example:
        >>> x, edge_index = torch.ones(3, 2), torch.tensor([[0, 1], [1, 2]])
        >>> RelationalGraphConv(2, 4, num_relations=3)(x, edge_index, torch.tensor([0, 2])).shape
        torch.Size([3, 4])
    """

    def __init__(
        self, input_size: int, output_size: int, num_relations: int, bias: bool = True
    ):
        super().__init__(input_size, output_size)
        who = self._get_name()
        self.num_relations = expect_size(who, "num_relations", num_relations)
        self.W_0 = nn.Linear(input_size, output_size, bias)
        self.W = nn.Parameter(torch.empty(num_relations, input_size, output_size))
        nn.init.uniform_(self.W, -(input_size**-0.5), input_size**-0.5)

    def aggregate(self, messages: Tensor, index: Tensor, num_nodes: int) -> Tensor:
        return segment_mean(messages, index, num_nodes)

    def update(self, x: Tensor, m: Tensor) -> Tensor:
        """From the means ``[N, R I]``, those of one node side by side."""
        return (self.W_0(x) + m @ self.W.flatten(0, 1)).to(x.dtype)

    def forward(
        self,
        x: Float[Tensor, "N I"],
        edge_index: Integer[Tensor, "2 E"],
        edge_type: Integer[Tensor, " E"],
    ) -> Float[Tensor, "N O"]:
        x, R, who = self.check(x, edge_index), self.num_relations, self._get_name()
        expect(who, "edge_type", edge_type, (edge_index.shape[1],), "one an edge")
        expect_indices(who, "edge_type", edge_type, R)
        sender, receiver = edge_index
        messages = self.message(None, x.index_select(0, sender), None)
        # Each node has R boxes, one a relation.
        m = self.aggregate(messages, receiver * R + edge_type, len(x) * R)
        return self.update(x, m.reshape(len(x), R * self.input_size))

    @classmethod
    def from_pyg(cls, module: nn.Module) -> "RelationalGraphConv":
        """Copy a ``torch_geometric.nn.RGCNConv`` with its defaults."""
        options = {"aggr": "mean", "num_bases": None, "num_blocks": None}
        expect_pyg(cls.__name__, module, "RGCNConv", **options)
        if module.root is None:
            raise ValueError(
                f"{cls.__name__}.from_pyg: module must have a root weight."
            )
        W, b = module.weight, module.bias
        R, I, O = W.shape
        layer = cls(I, O, R, b is not None).to(W)
        pairs = [(layer.W_0.weight, module.root.T), (layer.W, W)]
        copy_weights([*pairs, (layer.W_0.bias, b)])
        return layer

    def extra_repr(self) -> str:
        return f"{super().extra_repr()}, num_relations={self.num_relations}"
