"""Places on the edges: what a sender is worth is a mixture of Gaussians of where it stands."""

import torch
from jaxtyping import Float, Integer
from torch import Tensor, nn

from seqgraph.core.expect import expect_size
from seqgraph.core.segment import segment_mean
from seqgraph.graphs.layer import GraphLayer, copy_weights, expect_pyg, make_linear

TINY = 1e-15  # a width of 0 divides by this


class GaussianMixtureConv(GraphLayer):
    r"""A convolution over neighbours that have pseudo-coordinates: the mixture model network (MoNet).

    .. math::
        g_{kji} &= \exp\Bigl(-\frac12 \sum_d \frac{(p_{jid} - \mu_{kd})^2}{\sigma_{kd}^2}\Bigr) \\
        y_i &= W_0 x_i + b + \operatorname*{mean}_{j \to i} \sum_k g_{kji}\, W_k x_j

    p says where j stands, seen from i: a difference of positions, or degrees where there are none. Each
    kernel k has a centre, a width along each coordinate, and a matrix, like an entry of an image filter.

    Shape:
        x ``[N, I]``, edge_index ``[2, E]``, pseudo ``[E, dim]``; result ``[N, O]``.

    Args:
        input_size: I, at least 1.
        output_size: O, at least 1.
        dim: numbers in a pseudo-coordinate, at least 1.
        num_kernels: how many Gaussians, at least 1.
        bias: whether there is a b.

    Source:
        [monti2017monet]

    Differs:
        The paper sums over the neighbours and has no W_0; the mean and W_0 are PyG's.

    Example:
        >>> x, edge_index = torch.ones(3, 2), torch.tensor([[0, 1], [1, 2]])
        >>> GaussianMixtureConv(2, 4, dim=1, num_kernels=3)(x, edge_index, torch.ones(2, 1)).shape
        torch.Size([3, 4])
    """

    def __init__(
        self,
        input_size: int,
        output_size: int,
        dim: int,
        num_kernels: int,
        bias: bool = True,
    ):
        super().__init__(input_size, output_size)
        who = self._get_name()
        self.dim = expect_size(who, "dim", dim)
        self.num_kernels = expect_size(who, "num_kernels", num_kernels)
        self.W_0 = make_linear(input_size, output_size, bias)
        self.W = make_linear(input_size, num_kernels * output_size)
        self.mu = nn.Parameter(torch.empty(num_kernels, dim).uniform_(-1, 1))
        self.sigma = nn.Parameter(torch.ones(num_kernels, dim))

    def gaussians(self, pseudo: Float[Tensor, "E P"]) -> Float[Tensor, "E K"]:
        """What each kernel makes of each place."""
        away = (pseudo[:, None] - self.mu).square() / (self.sigma.square() + TINY)
        return torch.exp(-away.sum(-1) / 2)

    def message(self, x_i: Tensor | None, x_j: Tensor, e: Tensor) -> Tensor:
        """The kernels' messages ``[E, K, O]``, each times its Gaussian ``[E, K]``, added up."""
        return (e[..., None] * x_j).sum(1)

    def aggregate(self, messages: Tensor, index: Tensor, num_nodes: int) -> Tensor:
        return segment_mean(messages, index, num_nodes)

    def update(self, x: Tensor, m: Tensor) -> Tensor:
        return self.W_0(x).to(x.dtype) + m

    def forward(
        self,
        x: Float[Tensor, "N I"],
        edge_index: Integer[Tensor, "2 E"],
        pseudo: Float[Tensor, "E P"],
    ) -> Float[Tensor, "N O"]:
        x = self.check(x, edge_index)
        pseudo = self.check_edges("pseudo", pseudo, edge_index, self.dim)
        h = self.W(x).to(x.dtype)
        h = h.reshape(len(x), self.num_kernels, self.output_size)
        m = self.from_senders(h, edge_index, self.gaussians(pseudo))
        return self.update(x, m)

    @classmethod
    def from_pyg(cls, module: nn.Module) -> "GaussianMixtureConv":
        """Copy a ``torch_geometric.nn.GMMConv`` with its defaults."""
        options = {"separate_gaussians": False, "root_weight": True}
        expect_pyg(cls.__name__, module, "GMMConv", aggr="mean", **options)
        g, b = module.g, module.bias
        sizes = len(g), module.out_channels, module.dim, module.kernel_size
        layer = cls(*sizes, b is not None).to(g)
        pairs = [(layer.W.weight, g.T), (layer.mu, module.mu)]
        pairs += [(layer.sigma, module.sigma), (layer.W_0.bias, b)]
        copy_weights([*pairs, (layer.W_0.weight, module.root.weight)])
        return layer

    def extra_repr(self) -> str:
        sizes = f"dim={self.dim}, num_kernels={self.num_kernels}"
        return f"{super().extra_repr()}, {sizes}"
