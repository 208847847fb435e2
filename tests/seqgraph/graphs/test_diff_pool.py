"""DiffPool: against PyG on ragged batches, by hand, its limits, and padding that may hold anything."""

import math

import pytest
import torch
from torch_geometric.nn.dense import dense_diff_pool

from seqgraph.core import ShapeError
from seqgraph.graphs import dense_batch, diff_pool, sum_pool
from tests.checks.numbers import DEVICES, TIGHT, gap, random, same_bits
from tests.seqgraph.graphs.batches import BATCH, EDGES, GRAPHS, features

CLUSTERS = 2


def ragged():
    dense = dense_batch(features(3), EDGES, BATCH, GRAPHS)
    return *dense[:2], random(GRAPHS, 4, CLUSTERS, seed=1), dense.mask


def outcome(pool, x, adjacency, scores, mask):
    own = [tensor.clone().requires_grad_() for tensor in (x, adjacency, scores)]
    pooled = tuple(pool(*own, mask))
    total = sum((part * random(*part.shape or (1,), seed=k)).sum() for k, part in enumerate(pooled))
    return *pooled, *torch.autograd.grad(total, own)


@pytest.mark.parametrize("masked", [True, False])
def test_outputs_and_gradients_are_pygs(masked):
    x, adjacency, scores, mask = ragged()
    given = mask if masked else None
    ours, pygs = (outcome(pool, x, adjacency, scores, given) for pool in (diff_pool, dense_diff_pool))
    assert gap(ours, pygs) <= TIGHT


def test_two_nodes_by_hand():
    x, adjacency = torch.tensor([[[1.0], [3.0]]]).double(), torch.tensor([[[0.0, 1.0], [1.0, 0.0]]]).double()
    scores = torch.tensor([[[3.0, 1.0], [1.0, 1.0]]]).double().log()  # shares 3/4, 1/4 and 1/2, 1/2
    pooled = diff_pool(x, adjacency, scores)
    assert gap(pooled.x[0, :, 0], torch.tensor([2.25, 1.75]).double()) <= TIGHT
    assert gap(pooled.adjacency[0], torch.tensor([[0.75, 0.5], [0.5, 0.25]]).double()) <= TIGHT
    link = math.sqrt(0.625**2 + 2 * 0.5**2 + 0.5**2) / 4
    entropy = (math.log(2) - 0.75 * math.log(0.75) - 0.25 * math.log(0.25)) / 2
    assert abs(pooled.link_loss.item() - link) <= TIGHT
    assert abs(pooled.entropy.item() - entropy) <= TIGHT


def test_one_cluster_is_the_sum_of_all_nodes():
    x, adjacency, scores, mask = ragged()
    pooled = diff_pool(x, adjacency, scores[:, :, :1], mask)
    assert gap(pooled.x[:, 0], sum_pool(features(3), BATCH, GRAPHS)) <= TIGHT
    assert gap(pooled.adjacency[:, 0, 0], adjacency.sum((1, 2))) <= TIGHT
    assert pooled.entropy == 0


def test_a_decided_assignment_has_no_entropy_and_finite_gradients():
    x, adjacency, scores, mask = ragged()
    results = outcome(diff_pool, x, adjacency, 1e4 * (scores - scores.mean(2, keepdim=True)), mask)
    assert gap(results[3], torch.zeros((), dtype=torch.float64)) <= TIGHT
    assert all(bool(part.isfinite().all()) for part in results)


def test_names_of_the_nodes_do_not_matter():
    x, adjacency, scores, mask = ragged()
    order = torch.tensor([2, 0, 3, 1])
    renamed = x[:, order], adjacency[:, order][:, :, order], scores[:, order], mask[:, order]
    assert gap(tuple(diff_pool(*renamed)), tuple(diff_pool(x, adjacency, scores, mask))) <= TIGHT


def test_padding_changes_no_pooled_graph_and_divides_the_losses():
    x, adjacency, scores, mask = ragged()
    wide = diff_pool(x[:2], adjacency[:2], scores[:2], mask[:2])
    cut = diff_pool(x[:2, :3], adjacency[:2, :3, :3], scores[:2, :3], mask[:2, :3])
    assert gap(wide[:2], cut[:2]) <= TIGHT
    assert gap(wide.link_loss * 16, cut.link_loss * 9) <= TIGHT
    assert gap(wide.entropy * 4, cut.entropy * 3) <= TIGHT


def test_what_stands_in_the_padding_reaches_neither_results_nor_gradients():
    x, adjacency, scores, mask = ragged()
    clean = outcome(diff_pool, x, adjacency, scores, mask)
    joined = mask[:, :, None] & mask[:, None]
    dirty = [x.where(mask[:, :, None], torch.nan), adjacency.where(joined, torch.nan)]
    dirty.append(scores.where(mask[:, :, None], torch.nan))
    assert gap(outcome(diff_pool, *dirty, mask), clean) <= TIGHT


@pytest.mark.parametrize(("graphs", "nodes"), [(2, 0), (0, 3), (0, 0)])
def test_no_nodes_and_no_graphs(graphs, nodes):
    none = random(graphs, nodes, 3), random(graphs, nodes, nodes), random(graphs, nodes, CLUSTERS)
    pooled = diff_pool(*none, torch.ones(graphs, nodes, dtype=torch.bool))
    assert [tuple(part.shape) for part in pooled] == [(graphs, 2, 3), (graphs, 2, 2), (), ()]
    assert all(torch.count_nonzero(part) == 0 for part in pooled)


def test_a_batch_of_empty_graphs_has_zero_gradients():
    x, adjacency, scores, mask = ragged()
    results = outcome(diff_pool, x, adjacency, scores, torch.zeros_like(mask))
    assert all(torch.count_nonzero(part) == 0 for part in results)


def test_numerical_derivatives():
    x, adjacency, scores, mask = ragged()
    given = [tensor.requires_grad_() for tensor in (x, adjacency, scores)]
    assert torch.autograd.gradcheck(lambda *parts: tuple(diff_pool(*parts, mask)), given)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("device", DEVICES)
def test_dtype_and_device_are_those_of_x_and_nothing_is_changed(dtype, device):
    *numbers, mask = ragged()
    numbers, mask = [tensor.to(device, dtype) for tensor in numbers], mask.to(device)
    copies = (*(tensor.clone() for tensor in numbers), mask.clone())
    pooled = diff_pool(*numbers, mask)
    assert {(part.dtype, part.device.type) for part in pooled} == {(dtype, device)}
    assert same_bits((*numbers, mask), copies)


@pytest.mark.errors
def test_what_is_refused():
    x, adjacency, scores, mask = ragged()
    with pytest.raises(ShapeError, match=r"diff_pool: x must have shape \[G, N, D\], got \[4, 3\]"):
        diff_pool(x[0], adjacency, scores)
    with pytest.raises(ShapeError, match=r"diff_pool: adjacency must have shape \[5, 4, 4\] \(as x\), got"):
        diff_pool(x, adjacency[:, :3], scores)
    with pytest.raises(ShapeError, match=r"diff_pool: scores must have shape \[5, 4, C\] \(as x\), got"):
        diff_pool(x, adjacency, scores[:, :3])
    with pytest.raises(ShapeError, match=r"diff_pool: mask must have shape \[5, 4\] \(as x\), got \[5, 3\]"):
        diff_pool(x, adjacency, scores, mask[:, :3])
    with pytest.raises(TypeError, match=r"diff_pool: mask must be torch.bool, got torch.float64"):
        diff_pool(x, adjacency, scores, mask.double())
    with pytest.raises(TypeError, match=r"diff_pool: x must be a floating-point tensor, got torch.int64"):
        diff_pool(x.long(), adjacency, scores)
    with pytest.raises(TypeError, match=r"diff_pool: adjacency must be torch.float64 like x, got torch.bool"):
        diff_pool(x, adjacency.bool(), scores)
    with pytest.raises(TypeError, match=r"diff_pool: scores must be torch.float64 like x, got torch.float32"):
        diff_pool(x, adjacency, scores.float())
