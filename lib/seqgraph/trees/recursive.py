"""The recursive network's node: a simple recurrent step with as many pasts as there are children."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.recurrent.cell import HiddenState
from seqgraph.recurrent.srn import SRNCell
from seqgraph.trees.cell import Children, TreeCell


class RecursiveCell(TreeCell):
    r"""One node of a recursive network (递归神经网络).

    .. math:: h_v = \tanh\Bigl(W x_v + \sum_{k=1}^{K} U_k h_{v_k} + b\Bigr)

    v_1 to v_K are the children of node v in order; a missing child counts as h = 0. ``U.weight [H, K H]``
    holds U_1 to U_K side by side.

    Args:
        input_size: I, numbers in one input vector, at least 1.
        hidden_size: H, numbers in the state, at least 1.
        arity: K, the most children of a node, at least 1.

    Source:
        [goller1996learning], [socher2011parsing]

    Differs:
        Both papers let only the leaves have an input and write W for our U; with x = 0 at the inner nodes it
        is theirs. Theirs have exactly K children, here a node has at most K.

    Example:
        >>> from seqgraph.structures import Forest
        >>> from seqgraph.trees import Recursive
        >>> cell = RecursiveCell(1, 1)
        >>> _ = [torch.nn.init.constant_(weight, 0.5) for weight in cell.parameters()]
        >>> forest = Forest.from_parents([[2, 2, -1]])
        >>> outputs, _ = Recursive(cell)(torch.tensor([[1.0], [1.0], [0.0]]), forest)
        >>> [round(h, 4) for h in outputs.flatten().tolist()]  # tanh(1), tanh(1), tanh(0.5 + tanh(1))
        [0.7616, 0.7616, 0.8515]
    """

    gates = ("h",)

    def __init__(self, input_size: int, hidden_size: int, arity: int = 2):
        super().__init__(input_size, hidden_size, arity)

    def make_child_weights(self) -> None:
        H, K = self.hidden_size, self.arity
        self.U = nn.Linear(K * H, H, bias=False)

    def step(
        self, projected: Float[Tensor, "n P"], children: Children | None
    ) -> HiddenState:
        if children is None:
            return HiddenState(torch.tanh(projected))
        h = children.side_by_side(children.state.h, len(projected), self.arity)
        return HiddenState(torch.tanh(projected + self.U(h)))

    @classmethod
    def from_srn(cls, cell: SRNCell) -> "RecursiveCell":
        """Copy an ``SRNCell``: arity 1, on ``Forest.chain`` the same network."""
        made = cls.sized_like(cell, SRNCell, arity=1)
        with torch.no_grad():
            made.U.weight.copy_(cell.U.weight)
        return made
