"""Self-loops: one each, none, and what A + I would do; weights against dense algebra."""

import numpy as np
import pytest
import torch

from seqgraph.graphs.edges import one_loop_each, symmetric_weights, without_loops
from tests.checks.numbers import TIGHT, gap, same_bits
from tests.seqgraph.graphs.graphs import EDGES, NO_EDGES, NODES, adjacency


def dense(edges):
    return torch.tensor(adjacency(edges))


def test_the_diagonal_is_one_or_zero_and_nothing_else_moves():
    repeated = torch.cat([EDGES, torch.tensor([[3], [3]])], dim=1)
    A = adjacency(EDGES)
    np.fill_diagonal(A, 0)
    assert same_bits(dense(without_loops(repeated)), torch.tensor(A))
    assert same_bits(dense(one_loop_each(repeated, NODES)), torch.tensor(A + np.eye(NODES)))
    assert repeated.shape[1] == EDGES.shape[1] + 1


def test_trap_6_adding_what_is_missing_is_not_adding_the_identity():
    loops = [adjacency(one_loop_each(EDGES, NODES))[k, k] for k in range(NODES)]
    assert loops == [1.0] * NODES
    assert (adjacency(EDGES) + np.eye(NODES)).diagonal().tolist() == [1.0, 1.0, 2.0, 2.0, 1.0, 1.0]


@pytest.mark.parametrize("dtype", [torch.int64, torch.int32])
def test_no_nodes_and_no_edges(dtype):
    nothing = NO_EDGES.to(dtype)
    assert one_loop_each(nothing, 2).tolist() == [[0, 1], [0, 1]]
    assert one_loop_each(nothing, 0).shape == without_loops(nothing).shape == (2, 0)
    assert one_loop_each(nothing, 2).dtype == dtype
    assert symmetric_weights(nothing, nothing[0], 0, torch.float64).shape == (0,)


@pytest.mark.parametrize("row", [0, 1])
def test_weights_are_those_of_dense_algebra_and_a_degree_of_0_gives_0(row):
    weights = symmetric_weights(EDGES, EDGES[row], NODES, torch.float64)
    degree = adjacency(EDGES).sum(row)
    with np.errstate(divide="ignore"):
        scale = np.where(degree > 0, degree**-0.5, 0)
    assert gap(torch.tensor(scale[EDGES[0]] * scale[EDGES[1]]), weights) <= TIGHT
    lonely = symmetric_weights(torch.tensor([[0], [1]]), torch.tensor([0]), 2, torch.float64)
    assert torch.count_nonzero(lonely) == 0  # node 1 sends nothing
