"""The graph convolutional network's layer: a mean over the neighbours, made symmetric."""

from jaxtyping import Float, Integer
from torch import Tensor, nn

from seqgraph.graphs.edges import one_loop_each, symmetric_weights
from seqgraph.graphs.layer import (
    GraphLayer,
    copy_weights,
    expect_pyg,
    make_bias,
    make_linear,
)


class GCNConv(GraphLayer):
    r"""One layer of a graph convolutional network (GCN, 图卷积网络).

    .. math:: y_i = b + \sum_{j \to i} \frac{1}{\sqrt{d_j d_i}}\, W x_j, \qquad
              Y = \hat D^{-1/2} \hat A \hat D^{-1/2} X W^\top + b

    Here j runs over i itself, too: every node hears itself exactly once. Self-loops that are missing are
    added, and one that stands twice counts once. :math:`d_i` counts what i hears, itself included.

    Shape:
        x ``[N, I]``, edge_index ``[2, E]``; result ``[N, O]``.

    Args:
        input_size: I, at least 1.
        output_size: O, at least 1.
        bias: whether there is a b.

    Source:
        [kipf2017gcn]

    Differs:
        The paper adds I to A, so that a self-loop in A would count twice; as in PyG, here it counts once. The
        normalisation is not cached: each call may bring another graph.

    Example:
        >>> import torch
        >>> x, edge_index = torch.ones(3, 2), torch.tensor([[0, 1], [1, 2]])
        >>> GCNConv(2, 4)(x, edge_index).shape
        torch.Size([3, 4])
    """

    def __init__(self, input_size: int, output_size: int, bias: bool = True):
        super().__init__(input_size, output_size)
        self.W = make_linear(input_size, output_size)
        self.b = make_bias(output_size, bias)

    def update(self, x: Tensor, m: Tensor) -> Tensor:
        return m if self.b is None else m + self.b

    def forward(
        self, x: Float[Tensor, "N I"], edge_index: Integer[Tensor, "2 E"]
    ) -> Float[Tensor, "N O"]:
        x = self.check(x, edge_index)
        edges = one_loop_each(edge_index, len(x))
        w = symmetric_weights(edges, edges[1], len(x), x.dtype)
        h = self.W(x).to(x.dtype)
        return self.update(x, self.from_senders(h, edges, w))

    @classmethod
    def from_pyg(cls, module: nn.Module) -> "GCNConv":
        """Copy a ``torch_geometric.nn.GCNConv`` with its defaults."""
        options = {"improved": False, "cached": False, "add_self_loops": True}
        expect_pyg(cls.__name__, module, "GCNConv", normalize=True, **options)
        W, b = module.lin.weight, module.bias
        layer = cls(W.shape[1], W.shape[0], b is not None).to(W)
        copy_weights([(layer.W.weight, W), (layer.b, b)])
        return layer
