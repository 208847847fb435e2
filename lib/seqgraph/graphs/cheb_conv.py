"""The Chebyshev network's layer: a polynomial of the Laplacian, without its eigenvectors."""

from jaxtyping import Float, Integer
from torch import Tensor, nn

from seqgraph.core.expect import expect_number, expect_size
from seqgraph.graphs.edges import symmetric_weights, without_loops
from seqgraph.graphs.layer import (
    GraphLayer,
    copy_weights,
    expect_pyg,
    make_bias,
    make_linear,
)


class ChebConv(GraphLayer):
    r"""A filter that is a sum of Chebyshev polynomials (切比雪夫多项式) of the Laplacian.

    .. math:: Y &= b + \sum_{k=0}^{K} Z_k W_k^\top, \qquad \tilde L = \frac{2}{\lambda_{\max}} L - I \\
              Z_0 &= X, \qquad Z_1 = \tilde L X, \qquad Z_k = 2 \tilde L Z_{k-1} - Z_{k-2}

    L is the normalised :func:`laplacian`, without self-loops. A node learns of others up to K edges away.
    Chebyshev polynomials stay within -1 and 1 where the eigenvalues of :math:`\tilde L` do, and they do if
    lambda_max is at least the largest eigenvalue of L. That is at most 2: with 2, the value taken if none is
    given, :math:`\tilde L = -D^{-1/2} A D^{-1/2}`. Where edges go one way, D counts what a node sends.

    Shape:
        x ``[N, I]``, edge_index ``[2, E]``, lambda_max a number above 0; result ``[N, O]``.

    Args:
        input_size: I, at least 1.
        output_size: O, at least 1.
        order: K, the highest degree, at least 0.
        bias: whether there is a b.

    Source:
        [defferrard2016chebyshev]

    Differs:
        PyG's K counts the terms: it is our order + 1.

    Example:
        >>> import torch
        >>> x, edge_index = torch.ones(3, 2), torch.tensor([[0, 1], [1, 0]])
        >>> ChebConv(2, 4, order=2)(x, edge_index).shape
        torch.Size([3, 4])
    """

    def __init__(
        self, input_size: int, output_size: int, order: int, bias: bool = True
    ):
        super().__init__(input_size, output_size)
        self.order = expect_size(self._get_name(), "order", order, least=0)
        linears = [make_linear(input_size, output_size) for _ in range(order + 1)]
        self.W = nn.ModuleList(linears)
        self.b = make_bias(output_size, bias)

    def update(self, x: Tensor, m: Tensor) -> Tensor:
        return m if self.b is None else m + self.b

    def scaled_laplacian(
        self, z: Tensor, edges: Tensor, w: Tensor, lambda_max: float
    ) -> Tensor:
        """The scaled Laplacian times z, without the matrix."""
        Lz = z - self.from_senders(z, edges, w)
        return 2 / lambda_max * Lz - z

    def forward(
        self,
        x: Float[Tensor, "N I"],
        edge_index: Integer[Tensor, "2 E"],
        lambda_max: float = 2.0,
    ) -> Float[Tensor, "N O"]:
        x = self.check(x, edge_index)
        expect_number(self._get_name(), "lambda_max", lambda_max, above=0)
        edges = without_loops(edge_index)
        w = symmetric_weights(edges, edges[0], len(x), x.dtype)
        before, z, total = None, x, self.W[0](x).to(x.dtype)
        for W in self.W[1:]:
            new = self.scaled_laplacian(z, edges, w, lambda_max)
            before, z = z, new if before is None else 2 * new - before
            total = total + W(z).to(x.dtype)
        return self.update(x, total)

    @classmethod
    def from_pyg(cls, module: nn.Module) -> "ChebConv":
        """Copy a ``torch_geometric.nn.ChebConv`` with the symmetric normalisation."""
        expect_pyg(cls.__name__, module, "ChebConv", normalization="sym")
        weights, b = [linear.weight for linear in module.lins], module.bias
        O, I = weights[0].shape
        layer = cls(I, O, len(weights) - 1, b is not None).to(weights[0])
        own = [W.weight for W in layer.W]
        copy_weights([*zip(own, weights, strict=True), (layer.b, b)])
        return layer

    def extra_repr(self) -> str:
        return f"{super().extra_repr()}, order={self.order}"
