"""The graph attention network's layer: a receiver and a sender each have a score, and the two add up."""

import torch
from torch import Tensor, nn
from torch.nn.functional import leaky_relu

from seqgraph.graphs.attention_layer import SLOPE, AttentionLayer
from seqgraph.graphs.layer import copy_weights, expect_pyg, make_linear


class GATConv(AttentionLayer):
    r"""One layer of a graph attention network (GAT, 图注意力网络).

    .. math::
        s_{ji} &= \text{LeakyReLU}(a_r \cdot W x_i + a_s \cdot W x_j) \\
        \alpha_{ji} &= \operatorname*{softmax}_{j \to i} s_{ji}, \qquad
        y_i = b + \sum_{j \to i} \alpha_{ji}\, W x_j

    The shares into each receiver i sum to 1. Every node hears itself exactly once. Each of K heads has a W
    and an a of its own; their results stand side by side, or are averaged. As LeakyReLU never falls, all
    receivers rank their senders alike: the attention is static (静态注意力), which :class:`GATv2Conv` mends.

    Shape:
        x ``[N, I]``, edge_index ``[2, E]``; result ``[N, K O]``, or ``[N, O]`` without concat.

    Args:
        input_size: I, at least 1.
        output_size: O, numbers of one head, at least 1.
        num_heads: K, at least 1.
        concat: whether the heads stand side by side; else they are averaged.
        bias: whether there is a b.

    Source:
        [velickovic2018gat]

    Differs:
        The paper has one vector a for the concatenation [W x_i, W x_j]: its halves are a_r and a_s. It drops
        shares at random while it trains, and squashes the result; here both are left to the network.

    Example:
        >>> x, edge_index = torch.ones(3, 2), torch.tensor([[0, 1], [1, 2]])
        >>> gat = GATConv(2, 4, num_heads=3)
        >>> gat(x, edge_index).shape, gat.attention(x, edge_index).weights.shape  # loops come in
        (torch.Size([3, 12]), torch.Size([5, 3]))
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
        self.W = make_linear(input_size, num_heads * output_size)
        self.a_r = nn.Parameter(torch.empty(num_heads, output_size))
        self.a_s = nn.Parameter(torch.empty(num_heads, output_size))
        nn.init.xavier_uniform_(self.a_r)
        nn.init.xavier_uniform_(self.a_s)

    def sent_and_scores(self, x: Tensor, edges: Tensor) -> tuple[Tensor, Tensor]:
        h = self.heads(self.W(x), x)
        sender, receiver = edges
        as_receiver = (h * self.a_r).sum(-1).index_select(0, receiver)
        as_sender = (h * self.a_s).sum(-1).index_select(0, sender)
        return h.index_select(0, sender), leaky_relu(as_receiver + as_sender, SLOPE)

    @classmethod
    def from_pyg(cls, module: nn.Module) -> "GATConv":
        """Copy a ``torch_geometric.nn.GATConv`` without features of edges, dropout or a residual."""
        options = {"edge_dim": None, "residual": False, "dropout": 0.0}
        options |= {"negative_slope": SLOPE, "add_self_loops": True}
        expect_pyg(cls.__name__, module, "GATConv", **options)
        W, b = module.lin.weight, module.bias
        sizes = W.shape[1], module.out_channels, module.heads
        layer = cls(*sizes, module.concat, b is not None).to(W)
        pairs = [(layer.a_r, module.att_dst[0]), (layer.a_s, module.att_src[0])]
        copy_weights([(layer.W.weight, W), *pairs, (layer.b, b)])
        return layer
