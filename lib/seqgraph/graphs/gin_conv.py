"""The graph isomorphism network's layer: a sum, so that nothing is lost, then a network."""

import copy

from jaxtyping import Float, Integer
from torch import Tensor, nn

from seqgraph.core.expect import expect_number
from seqgraph.graphs.layer import expect_pyg
from seqgraph.graphs.message_passing import MessagePassing, expect_graph


class GINConv(MessagePassing):
    r"""One layer of a graph isomorphism network (GIN, 图同构网络).

    .. math:: y_i = \text{network}\Bigl((1 + \varepsilon)\, x_i + \sum_{j \to i} x_j\Bigr)

    A sum tells how often a feature occurs, which a mean and a maximum do not: see :func:`wl_colours`.

    Shape:
        x ``[N, I]``, edge_index ``[2, E]``; result ``[N, O]``, as the network has it.

    Args:
        network: any module from ``[N, I]`` to ``[N, O]``; two layers are enough for any function.
        eps: how much more than a neighbour a node counts; an ``nn.Parameter`` with one entry is learned.

    Raises:
        TypeError: the network is no module.

    Source:
        [xu2019gin]

    Example:
        >>> import torch
        >>> x, edge_index = torch.tensor([[1.0], [2.0], [5.0]]), torch.tensor([[0, 1], [2, 2]])
        >>> GINConv(nn.Identity())(x, edge_index).tolist()
        [[1.0], [2.0], [8.0]]
    """

    def __init__(self, network: nn.Module, eps: float | nn.Parameter = 0.0):
        super().__init__()
        if not isinstance(network, nn.Module):
            came = type(network).__name__
            raise TypeError(f"GINConv: network must be a torch.nn.Module, got {came}.")
        learned = isinstance(eps, nn.Parameter) and eps.numel() == 1
        self.eps = eps if learned else expect_number("GINConv", "eps", eps)
        self.network = network

    def update(self, x: Tensor, m: Tensor) -> Tensor:
        return self.network((1 + self.eps) * x + m)

    def forward(
        self, x: Float[Tensor, "N I"], edge_index: Integer[Tensor, "2 E"]
    ) -> Float[Tensor, "N O"]:
        expect_graph(self._get_name(), x, edge_index)
        return self.update(x, self.from_senders(x, edge_index))

    @classmethod
    def from_pyg(cls, module: nn.Module) -> "GINConv":
        """Copy a ``torch_geometric.nn.GINConv``, its network included."""
        expect_pyg(cls.__name__, module, "GINConv")
        learned = isinstance(module.eps, nn.Parameter)
        eps = copy.deepcopy(module.eps) if learned else module.eps.item()
        return cls(copy.deepcopy(module.nn), eps)
