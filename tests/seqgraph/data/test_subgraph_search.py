"""The search for a pattern: it is there, with its labels and edges, and a label alone does not tell."""

import torch

from seqgraph.data import subgraph_search
from seqgraph.data.subgraph_search import LABELS, PATTERN
from tests.checks.numbers import generator
from tests.seqgraph.data.test_graphs import adjacency


def test_the_pattern_stands_in_every_graph():
    graphs = subgraph_search(50, generator())
    own = adjacency(graphs, 12)
    for g in range(50):
        inside = graphs.y.reshape(50, 12)[g].nonzero().flatten()
        labels = (5 + 2 * graphs.x.reshape(50, 12)[g, inside]).sort()
        assert (labels.values - torch.tensor(sorted(LABELS))).abs().max() < 1.3  # five deviations
        place = inside[labels.indices][torch.tensor(LABELS).argsort().argsort()]
        found = own[g][place][:, place]
        wanted = {frozenset(pair) for pair in PATTERN}
        assert {frozenset(pair) for pair in found.nonzero().tolist()} == wanted


def test_edges_elsewhere_have_their_probability_and_places_are_random():
    graphs = subgraph_search(2000, generator(), num_nodes=10)
    own, inside = adjacency(subgraph_search(200, generator(), num_nodes=10), 10), None
    inside = subgraph_search(200, generator(), num_nodes=10).y.reshape(200, 10)
    outside = (1 - inside[:, :, None] * inside[:, None]) * (1 - torch.eye(10, dtype=torch.int64))
    assert abs((own * outside).sum() / outside.sum() - 0.2) < 0.02
    assert (graphs.y.reshape(2000, 10).float().mean(0) - 0.5).abs().max() < 0.05


def test_the_best_guess_from_a_label_alone_is_far_from_right():
    graphs = subgraph_search(4000, generator())
    labels = (5 + 2 * graphs.x).round().long().flatten().clamp(0, 10)
    share = torch.stack([graphs.y[labels == k].float().mean() for k in range(11)])
    accuracy = ((share[labels] > 0.5).long() == graphs.y).float().mean()
    assert 0.6 < accuracy < 0.8
