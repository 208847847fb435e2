"""Graphs that the tests of this part share."""

import torch
from torch import Tensor

from tests.checks.numbers import random

# Six nodes: 3 hears nobody but itself, 5 is alone, 0 -> 1 stands twice, 2 and 3 hear themselves.
EDGES = torch.tensor([[0, 0, 1, 2, 2, 4, 3, 1, 0], [1, 1, 2, 2, 0, 0, 3, 4, 4]])
NODES = 6
NO_EDGES = torch.zeros(2, 0, dtype=torch.int64)
ALONE = 5


def features(size: int, seed: int = 0) -> Tensor:
    return random(NODES, size, seed=seed)


def two_copies(x: Tensor, edge_index: Tensor) -> tuple[Tensor, Tensor]:
    """One graph of two parts: the second has other features."""
    return torch.cat([x, x.flip(0)]), torch.cat([edge_index, edge_index + len(x)], dim=1)


def renamed(x: Tensor, edge_index: Tensor, order: Tensor) -> tuple[Tensor, Tensor]:
    """The same graph, node order[k] being number k now."""
    return x[order], order.argsort()[edge_index]
