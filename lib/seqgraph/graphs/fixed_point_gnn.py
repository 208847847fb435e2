"""The first graph network: the states of all nodes, defined by one equation."""

import torch
from jaxtyping import Float, Integer
from torch import Tensor, nn

from seqgraph.core.expect import ShapeError, expect, expect_number, expect_size
from seqgraph.core.segment import segment_mean
from seqgraph.graphs.fixed_point import FixedPoint, fixed_point
from seqgraph.graphs.message_passing import MessagePassing, expect_graph


class FixedPointGNN(MessagePassing):
    r"""A graph network whose states are a fixed point (不动点): a contraction by construction.

    .. math::
        h_i &= \operatorname*{mean}_{j \to i}\ \tanh(W [x_i, x_j, e_{ji}] + b + U h_j) \\
        \max_k \sum_l |U_{kl}| &\le \mu < 1

    x_i holds the features of node i and h_i is its state: a simple recurrent network that runs over a graph.
    A row of U whose absolute sum exceeds the bound is scaled down to it. As tanh never stretches and a mean
    never exceeds its largest part, a step brings two assignments of states closer by the factor :math:`\mu`
    at least, in the largest absolute difference: so there is one solution, from every start. A node that
    receives nothing has the state 0.

    Shape:
        x ``[N, I]``, edge_index ``[2, E]``, e ``[E, F]`` or None where F = 0; states ``[N, H]``.

    Args:
        input_size: I, numbers in the features of a node, at least 1.
        hidden_size: H, numbers in a state, at least 1.
        edge_size: F, numbers in the features of an edge, at least 0.
        bound: mu, above 0 and below 1.
        tolerance: what counts as rest, as in :func:`fixed_point`.
        most: how many steps are tried, as in :func:`fixed_point`.

    Raises:
        ShapeError: e is given where F = 0, or is missing where it is not.
        TypeError: x has another dtype than the weights.

    Source:
        [scarselli2009gnn]

    Differs:
        The paper calls the features labels l and the states x, sums the messages of a network with a hidden
        layer, and asks for a contraction by a penalty, which may fail. A second layer without a squashing
        function would change nothing here: it can be moved behind the mean, into U and the read-out.

    Example:
        >>> gnn = FixedPointGNN(1, 2)
        >>> found = gnn.solve(torch.ones(3, 1), torch.tensor([[0, 1], [1, 2]]))
        >>> found.state.shape, found.residual < 1e-5, gnn.lipschitz().item() < 0.901
        (torch.Size([3, 2]), True, True)
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        edge_size: int = 0,
        bound: float = 0.9,
        tolerance: float = 1e-6,
        most: int = 200,
    ):
        super().__init__()
        who = self._get_name()
        self.input_size = expect_size(who, "input_size", input_size)
        self.hidden_size = expect_size(who, "hidden_size", hidden_size)
        self.edge_size = expect_size(who, "edge_size", edge_size, least=0)
        self.bound = expect_number(who, "bound", bound, above=0, below=1)
        self.tolerance = expect_number(who, "tolerance", tolerance, above=0)
        self.most = expect_size(who, "most", most)
        self.W = nn.Linear(2 * input_size + edge_size, hidden_size)
        self.U = nn.Parameter(torch.empty(hidden_size, hidden_size))
        nn.init.uniform_(self.U, -(hidden_size**-0.5), hidden_size**-0.5)

    def contraction(self) -> Float[Tensor, "H H"]:
        """U as it is used: every row scaled down to an absolute sum of at most ``bound``."""
        sums = self.U.abs().sum(1, keepdim=True)
        return self.U * (self.bound / sums.clamp(min=self.bound))

    def lipschitz(self) -> Float[Tensor, ""]:
        """The largest row sum: no step stretches a difference of states by more than this factor."""
        return self.contraction().abs().sum(1).max()

    def message(self, x_i: Tensor, x_j: Tensor, e: Tensor) -> Tensor:
        """tanh of what the features say (``e``) and of the sender's state, already times U (``x_j``)."""
        return torch.tanh(e + x_j)

    def aggregate(self, messages: Tensor, index: Tensor, num_nodes: int) -> Tensor:
        return segment_mean(messages, index, num_nodes)

    def step(
        self, h: Tensor, U: Tensor, projected: Tensor, edge_index: Tensor
    ) -> Tensor:
        """The states one step later, from ``contraction()`` and ``project(...)``."""
        sender, receiver = edge_index
        sent = (h @ U.T).to(h.dtype)
        messages = self.message(h, sent[sender], projected)
        return self.aggregate(messages, receiver, len(h))

    def project(self, x: Tensor, edge_index: Tensor, e: Tensor | None = None) -> Tensor:
        """The part of every message that needs no state, W [x_i, x_j, e] + b, ``[E, H]``."""
        sender, receiver = edge_index
        parts = [x[receiver], x[sender]] + ([] if e is None else [e])
        return self.W(torch.cat(parts, dim=-1)).to(x.dtype)

    def solve(
        self,
        x: Float[Tensor, "N I"],
        edge_index: Integer[Tensor, "2 E"],
        e: Float[Tensor, "E F"] | None = None,
    ) -> FixedPoint:
        """The stable states, with the number of steps and the residual."""
        self.check_features(x, edge_index, e)
        U, projected = self.contraction(), self.project(x, edge_index, e)

        def step(h: Tensor) -> Tensor:
            return self.step(h, U, projected, edge_index)

        start = x.new_zeros(len(x), self.hidden_size)
        return fixed_point(step, start, self.tolerance, self.most)

    def forward(
        self,
        x: Float[Tensor, "N I"],
        edge_index: Integer[Tensor, "2 E"],
        e: Float[Tensor, "E F"] | None = None,
    ) -> Float[Tensor, "N H"]:
        return self.solve(x, edge_index, e).state

    def check_features(self, x: Tensor, edge_index: Tensor, e: Tensor | None) -> None:
        """Raise unless the features of nodes and edges fit this network."""
        who = self._get_name()
        expect(who, "x", x, ("N", self.input_size), f"input_size={self.input_size}")
        expect_graph(who, x, edge_index, e)
        if x.dtype != self.U.dtype:
            raise TypeError(
                f"{who}: x must be {self.U.dtype} like the weights, got {x.dtype}."
            )
        got = "none" if e is None else list(e.shape)
        if got != ([edge_index.shape[1], self.edge_size] if self.edge_size else "none"):
            raise ShapeError(
                f"{who}: e must have shape [E, {self.edge_size}]"
                f" (edge_size={self.edge_size}; none for 0), got {got}."
            )
