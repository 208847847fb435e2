"""The greedy composer: it merges the two neighbours whose parent scores best, until one vector is left."""

from typing import NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_dtype, expect_size
from seqgraph.core.state import State, map_state
from seqgraph.trees.cell import Children, TreeCell


class Composed(NamedTuple):
    """What became of B sequences of T vectors."""

    output: Float[Tensor, "B H"]
    """The outputs of the roots."""
    merges: Int64[Tensor, "B M"]
    """Merge m joined places merges[m] and merges[m] + 1 of what was left; M = T - 1."""
    scores: list[Float[Tensor, "B P"]]
    """Before each merge the scores of all neighbouring pairs: T - 1 of them, then T - 2, ..."""


class GreedyComposer(nn.Module):
    r"""Learn which neighbours to merge: score the parent of each pair, merge the best, begin again.

    .. math::
        s_j = \text{score}\bigl(\text{cell}(0, h_j, h_{j+1})\bigr), \qquad
        y = \text{one-hot}\bigl(\arg\max_j (s_j + G_j)\bigr)

    Leaves have inputs, inner nodes none. In training G is Gumbel noise, and the gradient takes y for
    softmax(s + G) (straight through); in evaluation G = 0. A merge moves what stands to its right one place
    to the left.

    Shape:
        x ``[B, T, I]``, merges ``[B, T - 1]``; the parts of ``Composed`` say their own.

    Args:
        cell: a cell for trees with arity 2 or any number of children.
        score_size: hidden units of the scorer, at least 1.

    Raises:
        TypeError: the cell is none for trees, or x has another dtype than the weights.

    Source:
        [choi2018learning]

    Example:
        >>> from seqgraph.trees import NaryLSTMCell
        >>> composer = GreedyComposer(NaryLSTMCell(3, 4), 8)
        >>> given = torch.tensor([[1, 0]])  # the last two first
        >>> composer(torch.zeros(1, 3, 3), given).output.shape
        torch.Size([1, 4])
    """

    def __init__(self, cell: TreeCell, score_size: int):
        super().__init__()
        if not isinstance(cell, TreeCell):
            raise TypeError(
                f"GreedyComposer: cell must be a cell for trees, got {type(cell).__name__}."
            )
        if cell.arity not in (2, None):
            raise ValueError(
                f"GreedyComposer: cell must take two children, got arity={cell.arity}."
            )
        size = expect_size("GreedyComposer", "score_size", score_size)
        self.cell = cell
        self.score = nn.Sequential(
            nn.Linear(cell.hidden_size, size), nn.Tanh(), nn.Linear(size, 1)
        )

    def forward(
        self, x: Float[Tensor, "B T I"], merges: Int64[Tensor, "B M"] | None = None
    ) -> Composed:
        """Compose; where ``merges`` are given they are made, and the scores are those met on the way."""
        self.check_call(x, merges)
        state = self.cell.step(self.cell.project(x.flatten(0, 1)), None)
        state = map_state(lambda part: part.unflatten(0, x.shape[:2]), state)
        chosen, scores = [], []
        for number in range(x.shape[1] - 1):
            parents = self.parents(x, state)
            scores.append(self.score(parents.h).squeeze(-1))
            y = self.choose(scores[-1], None if merges is None else merges[:, number])
            chosen.append(y.argmax(-1))
            state = map_state(lambda old, new, y=y: merge(old, new, y), state, parents)
        made = torch.stack(chosen, 1) if chosen else x.new_zeros(len(x), 0).long()
        return Composed(state.h[:, 0], made, scores)

    def parents(self, x: Tensor, state: State) -> State:
        """The parent that each pair of neighbours would have, every tensor ``[B, T - 1, H]``."""
        B, pairs = len(x), state.h.shape[1] - 1
        rows = torch.arange(B * pairs, device=x.device)
        both = map_state(
            lambda part: torch.stack([part[:, :-1], part[:, 1:]], 2).flatten(0, 2),
            state,
        )
        side = torch.tensor([0, 1], device=x.device).repeat(B * pairs)
        nothing = self.cell.project(x.new_zeros(1, x.shape[2])).expand(B * pairs, -1)
        children = Children(both, rows.repeat_interleave(2), side)
        made = self.cell.step(nothing, children)
        return map_state(lambda part: part.unflatten(0, (B, pairs)), made)

    def choose(self, s: Tensor, given: Tensor | None) -> Tensor:
        """One pair a row, as a row of zeros and a one."""
        if given is not None:
            return nn.functional.one_hot(given, s.shape[1]).to(s.dtype)
        if self.training:
            return nn.functional.gumbel_softmax(s, hard=True)
        return nn.functional.one_hot(s.argmax(-1), s.shape[1]).to(s.dtype)

    def check_call(self, x: Tensor, merges: Tensor | None) -> None:
        """Raise unless the input and the merges, if any, fit."""
        who, size = "GreedyComposer", self.cell.input_size
        expect(who, "x", x, ("B", "T", size), f"input_size={size}")
        expect_dtype(who, "x", x, self.cell.W.weight.dtype)
        if merges is None:
            return
        expect(
            who, "merges", merges, (len(x), x.shape[1] - 1), "one less than x is long"
        )
        places = torch.arange(x.shape[1] - 1, 0, -1, device=merges.device)
        if ((merges < 0) | (merges >= places)).any():
            raise ValueError(
                "GreedyComposer: merge m must name one of the T - 1 - m pairs that are left."
            )


def merge(old: Tensor, parents: Tensor, y: Tensor) -> Tensor:
    """Keep what stands left of the chosen pair, put in its parent, move up what stands right of it."""
    y = y.unsqueeze(-1)
    passed = y.cumsum(1)  # 1 from the chosen pair on
    return (1 - passed) * old[:, :-1] + y * parents + (passed - y) * old[:, 1:]
