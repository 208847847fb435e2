"""Members of a clique, by networkx."""

import networkx
import torch

from seqgraph.data import clique_members
from tests.checks.numbers import TIGHT32, gap, generator
from tests.seqgraph.data.test_graphs import adjacency


def test_members_are_those_of_networkx():
    graphs = clique_members(60, generator())
    own = adjacency(graphs, 10)
    for g in range(60):
        found = networkx.find_cliques(networkx.from_numpy_array(own[g].numpy()))
        members = {node for clique in found if len(clique) >= 4 for node in clique}
        assert set(graphs.y.reshape(60, 10)[g].nonzero().flatten().tolist()) == members
        assert len(members) >= 4


def test_the_feature_is_the_degree():
    graphs = clique_members(5, generator(), num_nodes=8)
    assert gap(graphs.x.reshape(5, 8), adjacency(graphs, 8).sum(2) / 8) <= TIGHT32


def test_both_answers_are_frequent_and_the_degree_says_much():
    graphs = clique_members(1000, generator())
    assert 0.4 < graphs.y.float().mean() < 0.6
    degree = (10 * graphs.x).round().flatten()
    best = max(((degree > k).long() == graphs.y).float().mean() for k in torch.arange(8))
    assert 0.75 < best < 0.9
