"""Walks stay on edges, choose them by weight, and are the same for the same seed."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.suggest import random_walks
from tests.checks.numbers import generator, same_bits

# 0 -> 1 with weight 1, 0 -> 2 with weight 3, and both back; the edges stand in no order.
EDGES = torch.tensor([[2, 0, 1, 0], [0, 2, 0, 1]])
WEIGHT = torch.tensor([5.0, 3.0, 0.5, 1.0])


def test_every_step_is_an_edge_and_every_node_starts():
    torch.manual_seed(3)
    dense = (torch.rand(12, 12) < 0.3).double() + torch.eye(12).roll(1, 1).double()
    edges = dense.nonzero().T
    walks = random_walks(edges, dense[edges[0], edges[1]], 3, 30, generator())
    assert walks.shape == (36, 30)
    assert walks[:, 0].tolist() == [node for node in range(12) for _ in range(3)]
    assert bool((dense[walks[:, :-1], walks[:, 1:]] > 0).all())


def test_frequencies_follow_the_weights():
    walks = random_walks(EDGES, WEIGHT, 20000, 2, generator())
    first = walks[walks[:, 0] == 0, 1]
    assert abs((first == 2).double().mean() - 0.75) < 0.01
    assert bool((walks[walks[:, 0] > 0, 1] == 0).all())


def test_long_walks_settle_on_degrees():
    """On an undirected graph the share of time at a node is its share of the weights."""
    torch.manual_seed(1)
    dense = torch.rand(5, 5, dtype=torch.float64)
    dense = dense + dense.T
    edges = dense.nonzero().T
    walks = random_walks(edges, dense[edges[0], edges[1]], 400, 60, generator())
    share = torch.bincount(walks[:, 10:].flatten(), minlength=5) / walks[:, 10:].numel()
    assert (share - dense.sum(1) / dense.sum()).abs().max() < 0.01


def test_the_seed_decides():
    assert same_bits(*(random_walks(EDGES, WEIGHT, 4, 9, generator(1)) for _ in range(2)))
    other = random_walks(EDGES, WEIGHT, 4, 9, generator(2))
    assert not same_bits(random_walks(EDGES, WEIGHT, 4, 9, generator(1)), other)


def test_a_walk_of_one_node_stays_at_home():
    assert random_walks(EDGES, WEIGHT, 1, 1, generator()).tolist() == [[0], [1], [2]]


@pytest.mark.errors
def test_refusals():
    with pytest.raises(ShapeError, match=r"random_walks: edge_index must have shape \[2, E\], got \[4\]"):
        random_walks(EDGES[0], WEIGHT, 1, 2, generator())
    with pytest.raises(
        ShapeError, match=r"random_walks: weight must have shape \[4\] \(one an edge\), got \[3\]"
    ):
        random_walks(EDGES, WEIGHT[:3], 1, 2, generator())
    with pytest.raises(ValueError, match=r"random_walks: weight must be above 0, got 0"):
        random_walks(EDGES, WEIGHT * torch.tensor([1.0, 0.0, 1.0, 1.0]), 1, 2, generator())
    with pytest.raises(ValueError, match=r"random_walks: node 1 has no edge to leave by"):
        random_walks(EDGES[:, [0, 1, 3]], WEIGHT[[0, 1, 3]], 1, 2, generator())
    for walks, length in ((0, 2), (1, 0)):
        with pytest.raises(ValueError, match="must be a whole number of at least 1, got 0"):
            random_walks(EDGES, WEIGHT, walks, length, generator())
