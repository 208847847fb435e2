"""Planted groups: in the features, in the graph or in both, and never anywhere else."""

import pytest
import torch

from seqgraph.data import planted_partition
from tests.checks.numbers import generator, same_bits

EVERY_SIGNAL = pytest.mark.parametrize("signal", ["features", "graph", "both"])


@EVERY_SIGNAL
def test_one_undirected_graph_of_equal_groups_without_loops(signal):
    made = planted_partition(generator(), signal)
    own = torch.zeros(400, 400, dtype=torch.int64)
    own[made.edge_index[0], made.edge_index[1]] = 1
    assert int(own.sum()) == made.edge_index.shape[1]
    assert same_bits(own, own.T)
    assert torch.count_nonzero(own.diagonal()) == 0
    assert made.y.bincount().tolist() == [100] * 4
    assert made.y[:40].bincount().tolist() == [10] * 4
    assert made.batch.tolist() == [0] * 400


@EVERY_SIGNAL
def test_degrees_and_the_share_of_neighbours_of_the_own_group(signal):
    made = planted_partition(generator(), signal, num_nodes=2000)
    assert abs(made.edge_index.shape[1] / 2000 - 8) < 0.4  # four deviations
    same = (made.y[made.edge_index[0]] == made.y[made.edge_index[1]]).double().mean()
    assert abs(same - (499 / 1999 if signal == "features" else 0.75)) < 0.03


@EVERY_SIGNAL
def test_features_are_noise_around_the_group_or_nothing(signal):
    made = planted_partition(generator(), signal, num_nodes=4000)
    means = torch.stack([made.x[made.y == k].mean(0) for k in range(4)])
    centre = torch.zeros(4, 8) if signal == "graph" else torch.eye(4, 8)
    assert (means - centre).abs().max() < 0.16  # five deviations
    assert abs((made.x - centre[made.y]).std() - 1) < 0.02


def test_the_best_reader_of_the_features_alone_is_half_right():
    made = planted_partition(generator(), "features", num_nodes=4000)
    assert 0.5 < (made.x[:, :4].argmax(1) == made.y).float().mean() < 0.6


@EVERY_SIGNAL
def test_the_same_seed_gives_the_same_graph_in_the_default_dtype(signal):
    made = []
    for seed, own in ((1, 7), (2, 7), (1, 8)):
        torch.manual_seed(seed)
        made.append(planted_partition(generator(own), signal))
    assert same_bits(made[0], made[1])
    assert made[0].edge_index.tolist() != made[2].edge_index.tolist()
    assert made[0].x.dtype == torch.float32
    torch.set_default_dtype(torch.float64)
    try:
        assert planted_partition(generator(), signal).x.dtype == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)


@pytest.mark.errors
def test_what_is_refused():
    with pytest.raises(ValueError, match=r"planted_partition: signal must be one of \['features', .*'edges'"):
        planted_partition(generator(), "edges")
    with pytest.raises(ValueError, match="num_nodes must be a whole number of at least 40, got 20"):
        planted_partition(generator(), num_nodes=20)
    with pytest.raises(ValueError, match="num_nodes must be a multiple of 4, got 42"):
        planted_partition(generator(), num_nodes=42)
    with pytest.raises(TypeError, match=r"planted_partition: generator must be a torch.Generator, got int"):
        planted_partition(0)
