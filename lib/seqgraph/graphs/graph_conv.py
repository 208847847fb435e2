"""A graph convolution at its plainest: one matrix for the node, one for its senders."""

from jaxtyping import Float, Integer
from torch import Tensor, nn

from seqgraph.graphs.layer import GraphLayer, copy_weights, expect_pyg


class GraphConv(GraphLayer):
    r"""A node from itself and from the weighted sum of its senders.

    .. math:: y_i = W_0 x_i + b + \sum_{j \to i} w_{ji}\, W_1 x_j

    Shape:
        x ``[N, I]``, edge_index ``[2, E]``, edge_weight ``[E]`` or None (all 1); result ``[N, O]``.

    Args:
        input_size: I, at least 1.
        output_size: O, at least 1.
        bias: whether there is a b.

    Source:
        [morris2019weisfeiler]

    Example:
        >>> import torch
        >>> x, edge_index = torch.ones(3, 2), torch.tensor([[0, 1], [1, 2]])
        >>> GraphConv(2, 4)(x, edge_index, torch.tensor([0.5, 1.0])).shape
        torch.Size([3, 4])
    """

    def __init__(self, input_size: int, output_size: int, bias: bool = True):
        super().__init__(input_size, output_size)
        self.W_0 = nn.Linear(input_size, output_size, bias)
        self.W_1 = nn.Linear(input_size, output_size, bias=False)

    def update(self, x: Tensor, m: Tensor) -> Tensor:
        return self.W_0(x).to(x.dtype) + m

    def forward(
        self,
        x: Float[Tensor, "N I"],
        edge_index: Integer[Tensor, "2 E"],
        edge_weight: Float[Tensor, " E"] | None = None,
    ) -> Float[Tensor, "N O"]:
        x = self.check(x, edge_index)
        if edge_weight is not None:
            edge_weight = self.check_edges("edge_weight", edge_weight, edge_index)
        h = self.W_1(x).to(x.dtype)
        return self.update(x, self.from_senders(h, edge_index, edge_weight))

    @classmethod
    def from_pyg(cls, module: nn.Module) -> "GraphConv":
        """Copy a ``torch_geometric.nn.GraphConv`` that sums."""
        expect_pyg(cls.__name__, module, "GraphConv")
        root, rel = module.lin_root, module.lin_rel
        layer = cls(module.in_channels, module.out_channels, rel.bias is not None)
        layer.to(rel.weight)
        pairs = [(layer.W_0.weight, root.weight), (layer.W_1.weight, rel.weight)]
        copy_weights([*pairs, (layer.W_0.bias, rel.bias)])
        return layer
