"""Sum, mean and maximum of the nodes of a graph: against PyG, with empty graphs, and what each cannot see."""

import pytest
import torch
from torch_geometric.nn.aggr import MaxAggregation, MeanAggregation, SumAggregation

from seqgraph.core import ShapeError
from seqgraph.graphs import max_pool, mean_pool, sum_pool
from tests.checks.numbers import DEVICES, TIGHT, gap, random, same_bits
from tests.seqgraph.graphs.batches import BATCH, GRAPHS, NO_NODES, NODES, features

POOLS = {sum_pool: SumAggregation(), mean_pool: MeanAggregation(), max_pool: MaxAggregation()}
EVERY = pytest.mark.parametrize("pool", POOLS, ids=lambda pool: pool.__name__)


@EVERY
def test_outputs_and_gradients_are_pygs(pool):
    results = []
    for way in (pool, lambda x, batch, graphs: POOLS[pool](x, batch, dim_size=graphs)):
        x = features(3).requires_grad_()
        out = way(x, BATCH, GRAPHS)
        results.append((out, *torch.autograd.grad((out * random(GRAPHS, 3, seed=1)).sum(), x)))
    assert gap(*results) <= TIGHT


@EVERY
def test_an_empty_graph_gives_zero_and_an_empty_last_one_keeps_its_row(pool):
    out = pool(-1 - features(3).abs(), BATCH, GRAPHS)
    assert out.shape == (GRAPHS, 3)
    assert out[[2, 4]].tolist() == [[0.0] * 3] * 2
    assert bool((out[[0, 1, 3]] < 0).all())


@EVERY
def test_no_nodes_and_no_graphs(pool):
    assert pool(random(0, 3), NO_NODES, 2).tolist() == [[0.0] * 3] * 2
    assert pool(random(0, 3), NO_NODES, 0).shape == (0, 3)


@EVERY
def test_neither_names_nor_the_graphs_beside_it_matter(pool):
    x, order = features(3), torch.randperm(NODES)
    out = pool(x, BATCH, GRAPHS)
    assert gap(pool(x[order], BATCH[order], GRAPHS), out) <= TIGHT
    alone = pool(x[BATCH == 3], BATCH[BATCH == 3] - 3, 1)
    assert gap(alone[0], out[3]) <= TIGHT


def test_only_the_sum_tells_two_copies_from_three_and_only_the_maximum_misses_shares():
    x = features(3)
    two, three = x.repeat(2, 1), x.repeat(3, 1)
    shares = torch.cat([x, x[:1]])  # one node once more
    moved = {pool: [] for pool in POOLS}
    for pool, gaps in moved.items():
        one = pool(two, torch.zeros(len(two), dtype=torch.int64), 1)
        for other in (three, shares):
            gaps.append(gap(one, pool(other, torch.zeros(len(other), dtype=torch.int64), 1)))
    assert min(moved[sum_pool]) > 0.1
    assert moved[mean_pool][0] <= TIGHT < 0.1 < moved[mean_pool][1]
    assert max(moved[max_pool]) <= TIGHT


@EVERY
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("device", DEVICES)
def test_dtype_and_device_are_those_of_x_and_nothing_is_changed(pool, dtype, device):
    x, batch = features(3).to(device, dtype), BATCH.to(device, torch.int32)
    copies = x.clone(), batch.clone()
    out = pool(x, batch, GRAPHS)
    assert (out.dtype, out.device.type) == (dtype, device)
    assert same_bits((x, batch), copies)


@pytest.mark.errors
@EVERY
def test_what_is_refused(pool):
    who, x = pool.__name__, features(3)
    with pytest.raises(ValueError, match=rf"{who}: batch must lie in 0\.\.2, got 0\.\.3"):
        pool(x, BATCH, 3)
    with pytest.raises(ValueError, match=rf"{who}: batch must lie in 0\.\.4, got -1\.\.2"):
        pool(x, BATCH - 1, GRAPHS)
    with pytest.raises(ShapeError, match=rf"{who}: batch must have shape \[8\] \(one number a node\), got"):
        pool(x, BATCH[:5], GRAPHS)
    with pytest.raises(TypeError, match=rf"{who}: batch must be int64 or int32, got torch.float64"):
        pool(x, BATCH.double(), GRAPHS)
    with pytest.raises(ShapeError, match=rf"{who}: x must have shape \[N, D\], got \[8\]"):
        pool(x[:, 0], BATCH, GRAPHS)
    with pytest.raises(TypeError, match=rf"{who}: x must be a floating-point tensor, got torch.int64"):
        pool(x.long(), BATCH, GRAPHS)
    with pytest.raises(TypeError, match=rf"{who}: x must be a torch.Tensor, got list"):
        pool([[1.0]], BATCH, GRAPHS)
    with pytest.raises(ValueError, match=rf"{who}: num_graphs must be a whole number of at least 0, got -1"):
        pool(x, BATCH, -1)
