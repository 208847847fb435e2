"""Two copies against three, by networkx; mean and maximum cannot tell them apart after any messages."""

import networkx
import pytest
import torch

from seqgraph.data import graph_copies
from seqgraph.graphs import MessagePassing, max_pool, mean_pool, sum_pool
from tests.checks.numbers import TIGHT, gap, generator, same_bits


def as_networkx(made):
    graph = networkx.Graph()
    graph.add_nodes_from((v, {"kind": kind}) for v, kind in enumerate(made.x.argmax(1).tolist()))
    graph.add_edges_from(made.edge_index.T.tolist())
    return graph


def test_each_base_stands_twice_and_three_times():
    made = graph_copies(20, generator())
    whole, found = as_networkx(made), {g: [] for g in range(40)}
    for part in networkx.connected_components(whole):
        assert len({int(made.batch[v]) for v in part}) == 1, "an edge leaves its graph"
        found[int(made.batch[min(part)])].append(whole.subgraph(part))
    same = networkx.algorithms.isomorphism.categorical_node_match("kind", None)
    for base in range(20):
        copies = found[2 * base] + found[2 * base + 1]
        assert [len(found[2 * base + k]) for k in (0, 1)] == [2, 3]
        assert all(networkx.is_isomorphic(copies[0], other, node_match=same) for other in copies)
    assert made.y.tolist() == [0, 1] * 20


def test_bases_have_4_to_6_nodes_and_one_cycle():
    made = graph_copies(50, generator())
    nodes = made.batch.bincount().reshape(50, 2)[:, 0] // 2
    edges = made.batch[made.edge_index[0]].bincount().reshape(50, 2)[:, 0] // 4
    assert sorted(set(nodes.tolist())) == [4, 5, 6]
    assert same_bits(nodes, edges)
    assert made.edge_index.shape[1] == len(set(zip(*made.edge_index.tolist(), strict=True)))


def test_after_messages_the_mean_and_the_maximum_of_a_pair_are_the_same_and_the_sum_is_not():
    made = graph_copies(20, generator())
    h, layer = made.x.double(), MessagePassing()
    for _ in range(3):
        h = torch.tanh(h + layer(h, made.edge_index))
    for pool, told in ((sum_pool, True), (mean_pool, False), (max_pool, False)):
        two, three = pool(h, made.batch, 40).reshape(20, 2, 3).unbind(1)
        assert bool((two - three).abs().amax(1).gt(0.1).all()) if told else gap(two, three) <= TIGHT


def test_the_number_of_nodes_does_not_give_it_away():
    made = graph_copies(200, generator())
    sizes = made.batch.bincount()
    best = max(((sizes > k).long() == made.y).float().mean() for k in range(20))
    assert best < 0.9
    assert {12} <= set(sizes[made.y == 0].tolist()) & set(sizes[made.y == 1].tolist())


def test_the_same_seed_gives_the_same_graphs_in_the_default_dtype():
    made = []
    for seed, own in ((1, 7), (2, 7), (1, 8)):
        torch.manual_seed(seed)
        made.append(graph_copies(5, generator(own)))
    assert same_bits(made[0], made[1])
    assert made[0].edge_index.tolist() != made[2].edge_index.tolist()
    torch.set_default_dtype(torch.float64)
    try:
        assert graph_copies(1, generator()).x.dtype == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)


@pytest.mark.errors
def test_what_is_refused():
    with pytest.raises(ValueError, match="graph_copies: num_bases must be a whole number of at least 1"):
        graph_copies(0, generator())
    with pytest.raises(TypeError, match=r"graph_copies: generator must be a torch.Generator, got int"):
        graph_copies(1, 0)
