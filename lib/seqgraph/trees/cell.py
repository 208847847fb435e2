"""What a cell for trees is: the protocol, and what all such cells share."""

from abc import ABC, abstractmethod
from typing import ClassVar, NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn

from seqgraph.core.expect import expect_size
from seqgraph.core.state import State
from seqgraph.recurrent.cell import Cell


class Children(NamedTuple):
    """The children of n nodes: E states, and where each of them belongs."""

    state: State
    """The state of each child, every tensor ``[E, H]``."""
    parent: Int64[Tensor, " E"]
    """The row of its parent, 0 to n - 1."""
    position: Int64[Tensor, " E"]
    """Its place among its siblings, from 0."""

    def of_parent(self, rows: Float[Tensor, "n H"]) -> Float[Tensor, "E H"]:
        """For each child the row of its parent."""
        return rows.index_select(0, self.parent)

    def add_up(self, values: Float[Tensor, "E H"], nodes: int) -> Float[Tensor, "n H"]:
        """The sum of one row a child over the children of each node; no child gives 0."""
        return values.new_zeros(nodes, values.shape[1]).index_add(
            0, self.parent, values
        )

    def side_by_side(
        self, values: Float[Tensor, "E H"], nodes: int, arity: int
    ) -> Float[Tensor, "n KH"]:
        """One row a child, laid side by side in the order of the children; a missing child is 0."""
        slots = values.new_zeros(nodes * arity, values.shape[1])
        slots = slots.index_copy(0, self.parent * arity + self.position, values)
        return slots.view(nodes, -1)


class TreeCell(nn.Module, ABC):
    r"""One node of a recursive network: the protocol that :class:`Recursive` runs.

    .. math:: (h_v, s_v) = \text{cell}(x_v, s_{v_1}, \ldots, s_{v_K})

    v_1 to v_K are the children of node v. As in a recurrent cell, ``project`` needs the input alone and is
    done for all nodes at once; ``step`` waits for the children. W, U and b hold the rows of the gates one
    under the other.

    Shape:
        x ``[n, I]``; output ``[n, H]``; every tensor of the state ``[n, H]``.

    Args:
        input_size: I, numbers in one input vector, at least 1.
        hidden_size: H, numbers in the output and in each part of the state, at least 1.
        arity: K, the most children of a node, at least 1; None where any number will do.

    Raises:
        TypeError: a copy is asked of a cell of another kind.

    Example:
        >>> from seqgraph.trees import RecursiveCell
        >>> isinstance(RecursiveCell(3, 4), TreeCell)
        True
    """

    gates: ClassVar[tuple[str, ...]]

    def __init__(self, input_size: int, hidden_size: int, arity: int | None = None):
        super().__init__()
        who = self._get_name()
        self.input_size = expect_size(who, "input_size", input_size)
        self.hidden_size = expect_size(who, "hidden_size", hidden_size)
        self.arity = None if arity is None else expect_size(who, "arity", arity)
        self.W = nn.Linear(input_size, len(self.gates) * hidden_size)
        self.make_child_weights()
        self.reset_parameters()

    @abstractmethod
    def make_child_weights(self) -> None:
        """Make the layers that read the children, without biases; one of them is called ``U``."""

    def reset_parameters(self) -> None:
        """Draw all weights uniformly from (-1/sqrt(H), 1/sqrt(H)), as the recurrent cells do."""
        for parameter in self.parameters():
            nn.init.uniform_(
                parameter, -(self.hidden_size**-0.5), self.hidden_size**-0.5
            )

    def project(self, x: Float[Tensor, "N I"]) -> Float[Tensor, "N P"]:
        """The part that needs only the input, for any number of nodes."""
        # Autocast multiplies in a lower precision; the state keeps its own.
        return self.W(x).to(x.dtype)

    @abstractmethod
    def step(self, projected: Float[Tensor, "n P"], children: Children | None) -> State:
        """The states of n nodes, given those of their children; None at the leaves."""

    @classmethod
    def sized_like(cls, cell: Cell, kind: type, **sizes: int) -> "TreeCell":
        """A tree cell with the sizes of a recurrent one of this kind, and with its W and b."""
        if type(cell) is not kind:
            raise TypeError(
                f"{cls.__name__}: cell must be of type {kind.__name__}, got {type(cell).__name__}."
            )
        made = cls(cell.input_size, cell.hidden_size, **sizes)
        with torch.no_grad():
            made.to(cell.W.weight)
            made.W.weight.copy_(cell.W.weight)
            bias = cell.W.bias
            made.W.bias.zero_() if bias is None else made.W.bias.copy_(bias)
        return made

    def extra_repr(self) -> str:
        arity = "" if self.arity is None else f", arity={self.arity}"
        return f"{self.input_size}, {self.hidden_size}{arity}"
