"""In which order the nodes of a batch of trees are computed: all nodes of one height at once."""

from typing import NamedTuple

import torch
from torch import Tensor


class Level(NamedTuple):
    """The n nodes of one height, the E children of theirs, and who waits for them."""

    num_nodes: int
    """n, how many nodes have this height, over all trees."""
    parent: Tensor
    """For each child the place of its parent in this level, 0 to n - 1; ``[E]``."""
    position: Tensor
    """For each child its place among its siblings, from 0; ``[E]``."""
    targets: list[int]
    """The heights of the parents of this level's nodes, rising; the roots, if any, count as one more."""
    counts: list[int]
    """How many of the nodes, which stand in this order, have their parent at each of these heights."""


class Levels(NamedTuple):
    """All levels from the leaves upward, and the order of the nodes in them."""

    order: Tensor
    """The node that stands at each place, level after level; ``[N]``."""
    place: Tensor
    """The place at which each node stands: undoes ``order``; ``[N]``."""
    levels: list[Level]
    """One a height; children stand in the order in which lower levels send them."""

    def to(self, device: torch.device) -> "Levels":
        """The same on another device."""
        moved = [
            level._replace(
                parent=level.parent.to(device), position=level.position.to(device)
            )
            for level in self.levels
        ]
        return Levels(self.order.to(device), self.place.to(device), moved)


def make_levels(parent: Tensor, position: Tensor, height: Tensor) -> Levels:
    """Sort nodes by height, then by the height of their parents: each level sends few whole blocks upward."""
    top = int(height.max()) + 1
    above = torch.where(parent < 0, top, height[parent])
    order = torch.argsort(height * (top + 1) + above, stable=True)
    place = torch.empty_like(order)
    place[order] = torch.arange(len(order))
    sizes = torch.bincount(height, minlength=top)
    first = sizes.cumsum(0) - sizes
    # Children in the order in which they arrive at their parents' level.
    children = order[torch.argsort(above[order], stable=True)]
    children = children[parent[children] >= 0]
    parents = parent[children]
    rows = place[parents] - first[height[parents]]
    arriving = torch.bincount(height[parents], minlength=top).tolist()
    sent = torch.zeros(top, top + 1, dtype=torch.int64)
    sent.index_put_((height, above), torch.ones_like(height), accumulate=True)
    levels = []
    for number, (rows_here, places_here) in enumerate(
        zip(rows.split(arriving), position[children].split(arriving), strict=True)
    ):
        targets = sent[number].nonzero().flatten()
        counts = sent[number, targets].tolist()
        levels.append(
            Level(int(sizes[number]), rows_here, places_here, targets.tolist(), counts)
        )
    return Levels(order, place, levels)
