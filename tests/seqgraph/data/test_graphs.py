"""What all tasks on graphs share: graphs as parts of one, symmetric, and what they ask of their arguments."""

import pytest
import torch

from seqgraph.data import clique_members, cycles_and_trees, molecules, subgraph_search
from tests.checks.numbers import generator, same_bits

TASKS = {subgraph_search: 12, clique_members: 10, molecules: 10, cycles_and_trees: 10}
EVERY_TASK = pytest.mark.parametrize(("draw", "nodes"), TASKS.items(), ids=[task.__name__ for task in TASKS])


def adjacency(graphs, nodes):
    """The edges as matrices ``[G, n, n]``, and whether one leaves its graph."""
    number = len(graphs.x)
    dense = torch.zeros(number, number, dtype=torch.int64)
    dense[graphs.edge_index[0], graphs.edge_index[1]] = 1
    assert int(dense.sum()) == graphs.edge_index.shape[1], "an edge stands twice"
    blocks = dense.reshape(number // nodes, nodes, number // nodes, nodes)
    own = torch.stack([blocks[g, :, g] for g in range(len(blocks))])
    assert int(own.sum()) == int(dense.sum()), "an edge leaves its graph"
    return own


def drawn(draw, number):
    """A task as a batch of so many graphs: one draws them in pairs."""
    return draw(number // 2 if draw is cycles_and_trees else number, generator())


@EVERY_TASK
def test_graphs_are_parts_of_one_undirected_and_without_loops(draw, nodes):
    graphs = drawn(draw, 20)
    own = adjacency(graphs, nodes)
    assert same_bits(own, own.mT)
    assert torch.count_nonzero(own.diagonal(dim1=1, dim2=2)) == 0
    assert graphs.batch.tolist() == [g for g in range(20) for _ in range(nodes)]


@EVERY_TASK
def test_the_same_seed_gives_the_same_graphs_and_the_global_seed_does_not_matter(draw, nodes):
    made = []
    for seed, own in ((1, 7), (2, 7), (1, 8)):
        torch.manual_seed(seed)
        made.append(draw(4, generator(own)))
    assert same_bits(made[0], made[1])
    assert made[0].edge_index.tolist() != made[2].edge_index.tolist()


@EVERY_TASK
def test_the_dtype_is_the_default_one(draw, nodes):
    assert draw(2, generator()).x.dtype == torch.float32
    torch.set_default_dtype(torch.float64)
    try:
        assert draw(2, generator()).x.dtype == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)


@pytest.mark.errors
@EVERY_TASK
def test_what_is_refused(draw, nodes):
    who = draw.__name__
    with pytest.raises(ValueError, match=rf"{who}: num_\w+ must be a whole number of at least 1, got 0"):
        draw(0, generator())
    with pytest.raises(ValueError, match=rf"{who}: num_\w+ must be a whole number .*, got 4"):
        draw(1, generator(), 4)
    with pytest.raises(TypeError, match=f"{who}: generator must be a torch.Generator, got int"):
        draw(1, 0)
