"""A ragged batch of graphs that the tests of pooling share."""

import torch
from torch import Tensor

from tests.checks.numbers import random

# Graphs of 3, 1, 0, 4 and 0 nodes: one in the middle is empty, and so is the last.
BATCH = torch.tensor([0, 0, 0, 1, 3, 3, 3, 3])
GRAPHS, NODES = 5, len(BATCH)
# One edge stands twice, one node hears itself, and one direction has no way back.
EDGES = torch.tensor([[0, 1, 1, 2, 4, 5, 6, 6, 7, 4, 4], [1, 0, 2, 1, 5, 4, 6, 7, 6, 5, 7]])
NO_NODES = torch.zeros(0, dtype=torch.int64)
NO_EDGES = torch.zeros(2, 0, dtype=torch.int64)


def features(size: int, seed: int = 0) -> Tensor:
    return random(NODES, size, seed=seed)
