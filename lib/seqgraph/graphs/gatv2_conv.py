"""Graph attention that can rank the senders anew for each receiver."""

import torch
from torch import Tensor, nn
from torch.nn.functional import leaky_relu

from seqgraph.graphs.attention_layer import SLOPE, AttentionLayer
from seqgraph.graphs.layer import copy_weights, expect_pyg, make_linear


class GATv2Conv(AttentionLayer):
    r"""One layer of a graph attention network whose attention is dynamic (动态注意力).

    .. math::
        s_{ji} &= a \cdot \text{LeakyReLU}(W_r x_i + W_s x_j) \\
        \alpha_{ji} &= \operatorname*{softmax}_{j \to i} s_{ji}, \qquad
        y_i = b + \sum_{j \to i} \alpha_{ji}\, W_s x_j

    The same steps as in :class:`GATConv` in another order: a comes after LeakyReLU, so a receiver may raise
    one sender and lower another. :math:`W_s` is the sender's matrix, :math:`W_r` the receiver's. Their sum is
    one matrix times the concatenation: :math:`[W_r\ W_s]\,[x_i, x_j]`. Each has a bias of its own.

    Shape:
        As :class:`GATConv`.

    Args:
        input_size: I, at least 1.
        output_size: O, numbers of one head, at least 1.
        num_heads: K, at least 1.
        concat: whether the heads stand side by side; else they are averaged.
        bias: whether there is a b, in both maps too.

    Source:
        [brody2022gatv2]

    Example:
        >>> x, edge_index = torch.ones(3, 2), torch.tensor([[0, 1], [1, 2]])
        >>> GATv2Conv(2, 4, num_heads=3, concat=False)(x, edge_index).shape
        torch.Size([3, 4])
    """

    def __init__(
        self,
        input_size: int,
        output_size: int,
        num_heads: int = 1,
        concat: bool = True,
        bias: bool = True,
    ):
        super().__init__(input_size, output_size, num_heads, concat, bias)
        self.W_r = make_linear(input_size, num_heads * output_size, bias)
        self.W_s = make_linear(input_size, num_heads * output_size, bias)
        self.a = nn.Parameter(torch.empty(num_heads, output_size))
        nn.init.xavier_uniform_(self.a)

    def sent_and_scores(self, x: Tensor, edges: Tensor) -> tuple[Tensor, Tensor]:
        sender, receiver = edges
        sent = self.heads(self.W_s(x), x).index_select(0, sender)
        both = self.heads(self.W_r(x), x).index_select(0, receiver) + sent
        return sent, (leaky_relu(both, SLOPE) * self.a).sum(-1)

    @classmethod
    def from_pyg(cls, module: nn.Module) -> "GATv2Conv":
        """Copy a ``torch_geometric.nn.GATv2Conv`` without features of edges, dropout or shared weights."""
        options = {"edge_dim": None, "residual": False, "dropout": 0.0}
        options |= {"negative_slope": SLOPE, "add_self_loops": True}
        expect_pyg(cls.__name__, module, "GATv2Conv", share_weights=False, **options)
        W_s, W_r, b = module.lin_l, module.lin_r, module.bias
        sizes = W_s.weight.shape[1], module.out_channels, module.heads
        layer = cls(*sizes, module.concat, b is not None).to(W_s.weight)
        pairs = [(layer.W_s.weight, W_s.weight), (layer.W_r.weight, W_r.weight)]
        pairs += [(layer.W_s.bias, W_s.bias), (layer.W_r.bias, W_r.bias)]
        copy_weights([*pairs, (layer.a, module.att[0]), (layer.b, b)])
        return layer
