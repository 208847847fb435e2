"""SortPool: against PyG and a plain loop; ties, padding, small graphs, and what PyG's way would lose."""

import pytest
import torch
from torch_geometric.nn.aggr import SortAggregation

from seqgraph.graphs import SortPool
from tests.checks.numbers import DEVICES, TIGHT, gap, random, same_bits
from tests.seqgraph.graphs.batches import BATCH, GRAPHS, NO_NODES, NODES, features


def by_hand(x, batch, graphs, k):
    rows = [
        sorted(x[batch == g].tolist(), key=lambda row: row[::-1], reverse=True)[:k] for g in range(graphs)
    ]
    return torch.tensor([own + [[0.0] * x.shape[1]] * (k - len(own)) for own in rows], dtype=x.dtype)


@pytest.mark.parametrize("k", [1, 2, 3, 6])
def test_outputs_and_gradients_are_pygs(k):
    results = []
    for way in (SortPool(k), lambda x, b, g: SortAggregation(k)(x, b, dim_size=g).reshape(g, k, 3)):
        x = features(3).requires_grad_()
        out = way(x, BATCH, GRAPHS)
        results.append((out, *torch.autograd.grad((out * random(GRAPHS, k, 3, seed=1)).sum(), x)))
    assert gap(*results) <= TIGHT


@pytest.mark.parametrize("k", [1, 3, 6])
def test_ties_go_to_the_channel_before(k):
    x = features(3).round()  # few different numbers: many ties
    x[BATCH == 3, 2] = 1.0  # and one graph in which the last channel says nothing
    assert same_bits(SortPool(k)(x, BATCH, GRAPHS), by_hand(x, BATCH, GRAPHS, k))


def test_names_do_not_matter_even_where_the_last_channel_ties():
    x = features(3)
    x[:, 2] = 0.0
    out = SortPool(2)(x, BATCH, GRAPHS)
    for seed in range(5):
        order = torch.randperm(NODES, generator=torch.Generator().manual_seed(seed))
        assert same_bits(SortPool(2)(x[order], BATCH[order], GRAPHS), out)


def test_padding_stands_behind_all_nodes_however_negative():
    x = -features(3).abs() - 1
    out = SortPool(6)(x, BATCH, GRAPHS)
    filled = out.ne(0).all(2).sum(1)
    assert filled.tolist() == [3, 1, 0, 4, 0]
    assert all(bool(out[g, : filled[g]].lt(0).all()) for g in range(GRAPHS))
    assert torch.count_nonzero(out) == NODES * 3


def test_a_row_that_pyg_takes_for_padding_is_kept():
    x = torch.tensor([[-1e9, 1.0], [-1e9, 2.0]])  # in float32 the smallest of all minus 1 is the smallest
    batch = torch.tensor([0, 0])
    assert SortPool(2)(x, batch, 1)[0].tolist() == [[-1e9, 2.0], [-1e9, 1.0]]
    assert SortAggregation(2)(x, batch).tolist() == [[0.0, 2.0, 0.0, 1.0]]


def test_the_graphs_beside_it_do_not_matter():
    x = features(3)
    out = SortPool(5)(x, BATCH, GRAPHS)
    for g in range(GRAPHS):
        own = x[torch.eq(BATCH, g)]
        assert same_bits(SortPool(5)(own, torch.zeros(len(own), dtype=torch.int64), 1)[0], out[g])


def test_no_nodes_and_no_graphs():
    assert torch.count_nonzero(SortPool(2)(random(0, 3), NO_NODES, 2)) == 0
    assert SortPool(2)(random(0, 3), NO_NODES, 2).shape == (2, 2, 3)
    assert SortPool(2)(random(0, 3), NO_NODES, 0).shape == (0, 2, 3)


def test_numerical_derivatives():
    x = features(2).requires_grad_()
    assert torch.autograd.gradcheck(lambda x: SortPool(2)(x, BATCH, GRAPHS), x)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("device", DEVICES)
def test_dtype_and_device_are_those_of_x_and_nothing_is_changed(dtype, device):
    x, batch = features(3).to(device, dtype), BATCH.to(device, torch.int32)
    copies = x.clone(), batch.clone()
    out = SortPool(2)(x, batch, GRAPHS)
    assert (out.dtype, out.device.type) == (dtype, device)
    assert same_bits((x, batch), copies)


def test_it_shows_k():
    assert str(SortPool(3)) == "SortPool(k=3)"


@pytest.mark.errors
def test_what_is_refused():
    with pytest.raises(ValueError, match="SortPool: k must be a whole number of at least 1, got 0"):
        SortPool(0)
    with pytest.raises(ValueError, match=r"SortPool: batch must lie in 0\.\.2, got 0\.\.3"):
        SortPool(2)(features(3), BATCH, 3)
