"""A batch of ordered rooted trees."""

import torch
from jaxtyping import Int64
from torch import Tensor

from seqgraph.core.expect import expect_size
from seqgraph.structures.levels import Levels, make_levels
from seqgraph.structures.parents import (
    listed,
    node_name,
    read_parents,
)


class Forest:
    r"""A batch of ordered rooted trees, which cannot be changed once it is made.

    Where:
        ``parent [N]`` is the parent of each node in the numbers of the batch, -1 at a root; ``position [N]``
        its place among its siblings, from 0 (a root's is 0); ``tree [N]`` the tree it belongs to; ``height
        [N]`` the edges down to its deepest leaf, 0 at a leaf; ``roots [G]`` the root of each tree;
        ``edge_index [2, E]`` child and parent of each edge. All are int64 and on the CPU.

    Args:
        parents: one list a tree: the parent of each node within its tree, -1 at the root. The nodes of tree 0
            come first. Children stand in the order of their numbers.

    Raises:
        ValueError: a tree has no node, no root, two roots or a cycle, or a parent is no whole number or out
            of range; the message names tree and node.

    Example:
        >>> forest = Forest.from_parents([[2, 2, -1], [-1]])  # 0 and 1 below 2; a tree of one node
        >>> forest.parent.tolist(), forest.position.tolist(), forest.height.tolist()
        ([2, 2, -1, -1], [0, 1, 0, 0], [0, 0, 1, 0])
        >>> forest.roots.tolist(), forest.edge_index.tolist()
        ([2, 3], [[0, 1], [2, 2]])
    """

    parent: Int64[Tensor, " N"]
    position: Int64[Tensor, " N"]
    tree: Int64[Tensor, " N"]
    height: Int64[Tensor, " N"]
    roots: Int64[Tensor, " G"]
    edge_index: Int64[Tensor, "2 E"]

    def __init__(self, parents: list[list[int]]):
        sizes, local = read_parents(parents)
        tree = torch.arange(len(sizes)).repeat_interleave(sizes)
        start = (sizes.cumsum(0) - sizes)[tree]
        parent = torch.where(local < 0, -1, local + start)
        depth = _depth(parent, tree, start)
        node = torch.arange(len(parent))
        below = node[parent >= 0]
        fields = {
            "parent": parent,
            "position": _position(parent),
            "tree": tree,
            "height": _height(parent, depth),
            "roots": node[parent < 0],
            "edge_index": torch.stack([below, parent[below]]),
            "_levels": {},
        }
        self.__dict__.update(fields)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Forest: {name} cannot be set; make a new Forest.")

    def __delattr__(self, name: str) -> None:
        self.__setattr__(name, None)

    @classmethod
    def from_parents(cls, parents: list[list[int]]) -> "Forest":
        """The forest of these lists of parents, one a tree; -1 at the root."""
        return cls(parents)

    @classmethod
    def chain(cls, lengths: list[int]) -> "Forest":
        """Chains of these lengths: each step is the parent of the one before, the last is the root."""
        for number, length in enumerate(listed("lengths", lengths)):
            expect_size("Forest.chain", f"lengths[{number}]", length)
        return cls([[*range(1, length), -1] for length in lengths])

    @property
    def num_nodes(self) -> int:
        """N, the nodes of all trees."""
        return len(self.parent)

    @property
    def num_trees(self) -> int:
        """G, the trees."""
        return len(self.roots)

    def levels(self, device: torch.device | str = "cpu") -> Levels:
        """The order in which the nodes can be computed, found once and kept."""
        key = str(device)
        if key not in self._levels:
            fields = self.parent, self.position, self.height
            cpu = key == "cpu"
            self._levels[key] = (
                make_levels(*fields) if cpu else self.levels().to(device)
            )
        return self._levels[key]

    def name(self, node: int) -> str:
        """How errors name a node: its tree, and its number there."""
        return node_name(node, self.tree, torch.searchsorted(self.tree, self.tree))

    def __repr__(self) -> str:
        return f"Forest({self.num_trees} trees, {self.num_nodes} nodes, height {int(self.height.max())})"


def _depth(parent: Tensor, tree: Tensor, start: Tensor) -> Tensor:
    """The edges up to the root, by jumps that double; a jump that never ends has run into a cycle."""
    outside = len(parent)
    jump = torch.cat(
        [torch.where(parent < 0, outside, parent), torch.tensor([outside])]
    )
    depth = (jump < outside).long()
    for _ in range(outside.bit_length()):
        if (jump == outside).all():
            break
        depth = depth + depth[jump]
        jump = jump[jump]
    stuck = jump[jump < outside]
    if len(stuck):
        raise ValueError(
            f"Forest: {node_name(int(stuck[0]), tree, start)} must not be its own ancestor, got a cycle."
        )
    return depth[:-1]


def _height(parent: Tensor, depth: Tensor) -> Tensor:
    """The edges down to the deepest leaf, from the deepest nodes upward."""
    height = torch.zeros_like(parent)
    layers = torch.argsort(depth).split(torch.bincount(depth).tolist())
    for nodes in reversed(layers[1:]):
        height.scatter_reduce_(0, parent[nodes], height[nodes] + 1, "amax")
    return height


def _position(parent: Tensor) -> Tensor:
    """The place of each node among its siblings, which stand in the order of their numbers."""
    order = torch.argsort(parent, stable=True)
    _, siblings = torch.unique_consecutive(parent[order], return_counts=True)
    first = (siblings.cumsum(0) - siblings).repeat_interleave(siblings)
    position = torch.empty_like(parent)
    position[order] = torch.arange(len(parent)) - first
    return torch.where(parent < 0, 0, position)
