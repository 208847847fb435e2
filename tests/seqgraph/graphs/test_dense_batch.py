"""Padded graphs: against PyG's two functions, in any order of the nodes, and back again."""

import pytest
import torch
from torch_geometric.utils import to_dense_adj, to_dense_batch

from seqgraph.core import ShapeError
from seqgraph.graphs import MessagePassing, dense_batch
from tests.checks.numbers import DEVICES, TIGHT, gap, random, same_bits
from tests.seqgraph.graphs.batches import BATCH, EDGES, GRAPHS, NO_EDGES, NO_NODES, NODES, features


def test_it_is_pygs():
    x = features(3)
    dense = dense_batch(x, EDGES, BATCH, GRAPHS)
    padded, mask = to_dense_batch(x, BATCH, batch_size=GRAPHS)
    adjacency = to_dense_adj(EDGES, BATCH, batch_size=GRAPHS).double()
    assert same_bits((dense.x, dense.adjacency, dense.mask), (padded, adjacency, mask))
    assert dense.adjacency.max() == 2  # the edge that stands twice


def test_the_gradient_is_that_of_the_nodes():
    x, weights = features(3).requires_grad_(), random(GRAPHS, 4, 3, seed=1)
    (gradient,) = torch.autograd.grad((dense_batch(x, EDGES, BATCH, GRAPHS).x * weights).sum(), x)
    assert same_bits(gradient, weights[dense_batch(x, EDGES, BATCH, GRAPHS).mask])


def test_its_product_with_the_adjacency_is_a_round_of_messages():
    x = features(3)
    dense = dense_batch(x, EDGES, BATCH, GRAPHS)
    assert gap((dense.adjacency.mT @ dense.x)[dense.mask], MessagePassing()(x, EDGES)) <= TIGHT


def test_graphs_may_stand_in_any_order():
    x, order = features(3), torch.tensor([4, 0, 3, 1, 5, 2, 6, 7])  # inside each graph the order stays
    mixed = dense_batch(x[order], order.argsort()[EDGES], BATCH[order], GRAPHS)
    assert same_bits(mixed, dense_batch(x, EDGES, BATCH, GRAPHS))


def test_no_edges_no_nodes_and_no_graphs():
    dense = dense_batch(features(3), NO_EDGES, BATCH, GRAPHS)
    assert (dense.adjacency.shape, torch.count_nonzero(dense.adjacency)) == ((GRAPHS, 4, 4), 0)
    for graphs in (0, 2):
        dense = dense_batch(random(0, 3), NO_EDGES, NO_NODES, graphs)
        assert [tuple(part.shape) for part in dense] == [(graphs, 0, 3), (graphs, 0, 0), (graphs, 0)]


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("device", DEVICES)
def test_dtype_and_device_are_those_of_x_and_nothing_is_changed(dtype, device):
    x, edges, batch = features(3).to(device, dtype), EDGES.to(device, torch.int32), BATCH.to(device)
    copies = x.clone(), edges.clone(), batch.clone()
    dense = dense_batch(x, edges, batch.int(), GRAPHS)
    assert {(part.dtype, part.device.type) for part in dense[:2]} == {(dtype, device)}
    assert (dense.mask.dtype, dense.mask.device.type) == (torch.bool, device)
    assert same_bits((x, edges, batch), copies)


@pytest.mark.errors
def test_what_is_refused():
    x = features(3)
    with pytest.raises(ValueError, match="dense_batch: edge_index must join nodes of one graph, got 2 edges"):
        dense_batch(x, torch.tensor([[0, 3, 1], [3, 0, 2]]), BATCH, GRAPHS)
    with pytest.raises(ValueError, match=r"dense_batch: edge_index must lie in 0\.\.7, got 0\.\.8"):
        dense_batch(x, torch.tensor([[0], [NODES]]), BATCH, GRAPHS)
    with pytest.raises(ValueError, match=r"dense_batch: batch must lie in 0\.\.2, got 0\.\.3"):
        dense_batch(x, EDGES, BATCH, 3)
    with pytest.raises(ShapeError, match=r"dense_batch: edge_index must have shape \[2, E\], got \[11, 2\]"):
        dense_batch(x, EDGES.T, BATCH, GRAPHS)
