"""The runner: a cell applied to every node of a batch of trees, level by level."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_dtype
from seqgraph.core.state import State, map_state
from seqgraph.structures.forest import Forest
from seqgraph.structures.levels import Level
from seqgraph.trees.cell import Children, TreeCell


class Recursive(nn.Module):
    r"""A cell applied to every node of a batch of trees, from the leaves to the roots.

    .. math:: (h_v, s_v) = \text{cell}(x_v, s_{v_1}, \ldots, s_{v_K}), \qquad \text{children before parents}

    All nodes of one height, over all trees, are computed at once: the number of steps that wait for each
    other is the height of the highest tree. Rows of x, of the outputs and of the state stand in the order of
    the nodes.

    Shape:
        x ``[N, I]``; outputs ``[N, H]``; every tensor of the state ``[N, H]``.

    Args:
        cell: a cell for trees.

    Returns:
        From a call ``(x, forest)``: the outputs and the states of all nodes.

    Raises:
        ShapeError: x has not one row a node.
        ValueError: a node has more children than the cell's arity; the message names tree and node.
        TypeError: x has another dtype than the weights, or cell or forest is of another kind.

    Example:
        >>> from seqgraph.trees import NaryLSTMCell
        >>> forest = Forest.from_parents([[2, 2, -1], [1, -1]])
        >>> outputs, state = Recursive(NaryLSTMCell(3, 4))(torch.zeros(5, 3), forest)
        >>> outputs[forest.roots].shape
        torch.Size([2, 4])
    """

    def __init__(self, cell: TreeCell):
        super().__init__()
        if not isinstance(cell, TreeCell):
            raise TypeError(
                f"Recursive: cell must be a cell for trees, got {type(cell).__name__}."
            )
        self.cell = cell
        self.input_size, self.hidden_size = cell.input_size, cell.hidden_size
        self.output_size = cell.hidden_size

    def forward(
        self, x: Float[Tensor, "N I"], forest: Forest
    ) -> tuple[Float[Tensor, "N H"], State]:
        x = self.check_call(x, forest)
        order, place, levels = forest.levels(x.device)
        sizes = [level.num_nodes for level in levels]
        projected = self.cell.project(x.index_select(0, order)).split(sizes)
        # states on their way up; one place more, where the states of the roots are left
        waiting = [[] for _ in range(len(levels) + 1)]
        states = []
        for level, here, arrived in zip(levels, projected, waiting, strict=False):
            states.append(self.cell.step(here, children_of(level, arrived)))
            send(states[-1], level, waiting)
        state = map_state(
            lambda *parts: torch.cat(parts).index_select(0, place), *states
        )
        return state.h.clone(), state

    def check_call(self, x: Tensor, forest: Forest) -> Tensor:
        """The input, once it and the forest are found to fit the cell."""
        who = f"Recursive({self.cell._get_name()})"
        if not isinstance(forest, Forest):
            raise TypeError(
                f"{who}: forest must be a Forest, got {type(forest).__name__}."
            )
        shape, why = (
            (forest.num_nodes, self.input_size),
            f"input_size={self.input_size}",
        )
        expect(who, "x", x, shape, f"a row a node, {why}")
        arity = self.cell.arity
        if arity is not None and int(forest.position.max()) >= arity:
            node = int(forest.parent[(forest.position >= arity).int().argmax()])
            raise ValueError(
                f"{who}: a node must have at most {arity} children (arity={arity}), "
                f"got {int((forest.parent == node).sum())} at {forest.name(node)}."
            )
        return expect_dtype(who, "x", x, self.cell.W.weight.dtype)


def children_of(level: Level, arrived: list[State]) -> Children | None:
    """The states that have arrived at a level, in one; None at the leaves."""
    if not arrived:
        return None
    state = arrived[0] if len(arrived) == 1 else map_state(_stack, *arrived)
    return Children(state, level.parent, level.position)


def _stack(*parts: Tensor) -> Tensor:
    return torch.cat(parts)


def send(state: State, level: Level, waiting: list[list[State]]) -> None:
    """Cut the states of a level by the heights of their parents, and leave each block there."""
    cut = [part.split(level.counts) for part in state]
    for target, *blocks in zip(level.targets, *cut, strict=True):
        waiting[target].append(type(state)(*blocks))
