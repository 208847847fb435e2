"""The plain graph convolution: PyG's numbers, dense algebra, and what it refuses."""

import pytest
import torch
from torch_geometric.nn import GCNConv as PyGGCNConv
from torch_geometric.nn import GraphConv as PyGGraphConv

from seqgraph.core import ShapeError
from seqgraph.graphs import GraphConv
from tests.checks.numbers import TIGHT, fill, gap, random
from tests.seqgraph.graphs.graphs import EDGES, NO_EDGES, adjacency, array, expect_pygs_numbers, features


@pytest.mark.parametrize("edges", [EDGES, NO_EDGES], ids=["edges", "none"])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("bias", [False, True])
def test_outputs_and_gradients_are_pygs(bias, weighted, edges):
    weights = [random(edges.shape[1], seed=3)] if weighted else []
    expect_pygs_numbers(GraphConv, fill(PyGGraphConv(3, 4, bias=bias).double()), 3, edges, *weights)


def test_is_the_dense_formula_in_numpy():
    layer, x, w = fill(GraphConv(3, 4).double()), features(3), random(EDGES.shape[1], seed=3)
    W_0, b, W_1 = map(array, (layer.W_0.weight, layer.W_0.bias, layer.W_1.weight))
    X = x.numpy()
    for weights in (None, w):
        A = adjacency(EDGES, 1.0 if weights is None else weights.numpy())
        assert gap(layer(x, EDGES, weights), torch.tensor(X @ W_0.T + b + A @ X @ W_1.T)) <= TIGHT


def test_a_repeated_edge_counts_twice_as_a_weight_of_two_does():
    layer, x = fill(GraphConv(3, 4).double()), features(3)
    twice = layer(x, torch.tensor([[0, 0], [1, 1]]))
    assert gap(twice, layer(x, torch.tensor([[0], [1]]), torch.full((1,), 2.0).double())) <= TIGHT


@pytest.mark.errors
def test_what_is_refused():
    layer = GraphConv(3, 4).double()
    with pytest.raises(
        ShapeError, match=r"edge_weight must have shape \[9\] \(one row an edge\), got \[9, 1\]"
    ):
        layer(features(3), EDGES, random(9, 1))
    with pytest.raises(
        TypeError, match=r"edge_weight must be torch.float64 like the weights, got torch.float32"
    ):
        layer(features(3), EDGES, random(9).float())
    with pytest.raises(TypeError, match=r"GraphConv.from_pyg: module must be PyG's GraphConv, got GCNConv"):
        GraphConv.from_pyg(PyGGCNConv(3, 4))
    with pytest.raises(TypeError, match="module must be PyG's GraphConv, got GraphConv"):
        GraphConv.from_pyg(layer)


@pytest.mark.errors
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"aggr": "mean"}, "module must have aggr='add', got 'mean'"),
        ({"flow": "target_to_source"}, "flow='source_to_target', got 'target_to_source'"),
        ({"in_channels": (3, 2)}, r"module must have one size of input, got in_channels=\(3, 2\)"),
    ],
)
def test_trap_7_an_option_that_would_be_ignored_raises(options, message):
    with pytest.raises(ValueError, match=message):
        GraphConv.from_pyg(PyGGraphConv(**{"in_channels": 3, "out_channels": 4} | options))
