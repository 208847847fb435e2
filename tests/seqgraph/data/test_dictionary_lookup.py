"""Dictionaries as graphs: each asker's answer is among what it hears, static attention finds one."""

import pytest
import torch
from torch_geometric.nn import GATConv

from seqgraph.data import dictionary_lookup
from tests.checks.numbers import generator, same_bits

KEYS = 5


def draw(graphs=30):
    made = dictionary_lookup(graphs, generator(), KEYS)
    return made, made.x.reshape(graphs, 2, KEYS, 2, KEYS), made.y.reshape(graphs, 2, KEYS)


def test_every_asker_hears_every_answer_of_its_graph_and_nothing_else():
    made, _, _ = draw()
    pairs = set(zip(*made.edge_index.tolist(), strict=True))
    wanted = {(10 * g + KEYS + k, 10 * g + q) for g in range(30) for k in range(KEYS) for q in range(KEYS)}
    assert pairs == wanted
    assert made.edge_index.shape[1] == len(pairs)
    assert made.batch.tolist() == [g for g in range(30) for _ in range(10)]


def test_the_answer_to_a_key_is_its_value_and_values_are_a_permutation():
    _, x, y = draw()
    keys, values = x[:, :, :, 0].argmax(3), x[:, 1, :, 1].argmax(2)
    assert same_bits(keys, torch.arange(KEYS).expand(30, 2, KEYS))
    assert torch.count_nonzero(x[:, 0, :, 1]) == 0
    assert same_bits(y[:, 0], values)
    assert same_bits(values.sort(1).values, torch.arange(KEYS).expand(30, KEYS))
    assert bool(y[:, 1].eq(-1).all())
    assert len({tuple(row) for row in values.tolist()}) > 20


def test_static_attention_prefers_the_same_sender_for_all_askers():
    made, _, _ = draw(1)
    for seed in range(5):
        torch.manual_seed(seed)
        layer = GATConv(2 * KEYS, 8, add_self_loops=False)
        _, (edges, weights) = layer(made.x, made.edge_index, return_attention_weights=True)
        table = torch.zeros(KEYS, KEYS).index_put((edges[1], edges[0] - KEYS), weights[:, 0])
        assert len(set(table.argmax(1).tolist())) == 1


def test_the_same_seed_gives_the_same_dictionaries_in_the_default_dtype():
    made = []
    for seed, own in ((1, 7), (2, 7), (1, 8)):
        torch.manual_seed(seed)
        made.append(dictionary_lookup(3, generator(own)))
    assert same_bits(made[0], made[1])
    assert made[0].y.tolist() != made[2].y.tolist()
    torch.set_default_dtype(torch.float64)
    try:
        assert dictionary_lookup(1, generator()).x.dtype == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)


@pytest.mark.errors
def test_what_is_refused():
    with pytest.raises(ValueError, match="dictionary_lookup: num_graphs must be a whole number"):
        dictionary_lookup(0, generator())
    with pytest.raises(ValueError, match="dictionary_lookup: num_keys must be a whole number of at least 2"):
        dictionary_lookup(1, generator(), num_keys=1)
    with pytest.raises(TypeError, match=r"dictionary_lookup: generator must be a torch.Generator, got int"):
        dictionary_lookup(1, 0)
