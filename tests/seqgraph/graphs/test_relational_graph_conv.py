"""Relations: PyG's numbers, dense algebra a relation, and what it refuses."""

import numpy as np
import pytest
import torch
from torch_geometric.nn import GCNConv, RGCNConv

from seqgraph.core import ShapeError
from seqgraph.graphs import RelationalGraphConv
from tests.checks.numbers import TIGHT, fill, gap
from tests.seqgraph.graphs.graphs import (
    ALONE,
    EDGES,
    NO_EDGES,
    adjacency,
    array,
    expect_pygs_numbers,
    features,
)

# Both edges from 0 to 1 are of one kind; kind 3 does not occur.
KINDS = torch.tensor([0, 0, 1, 2, 0, 0, 1, 1, 1])


@pytest.fixture(autouse=True)
def doubles():
    """PyG's layer adds to zeros of the default dtype."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


@pytest.mark.parametrize("bias", [False, True])
def test_outputs_and_gradients_are_pygs(bias):
    expect_pygs_numbers(RelationalGraphConv, fill(RGCNConv(3, 4, 4, bias=bias)), 3, EDGES, KINDS)


def test_without_edges_each_node_is_left_with_itself_as_in_pyg():
    """PyG's check for a faster product needs an edge: one more node gives it one."""
    module = fill(RGCNConv(3, 4, 4))
    own, x = RelationalGraphConv.from_pyg(module), features(3)
    assert gap(own(x, NO_EDGES, KINDS[:0]), x @ module.root + module.bias) <= TIGHT
    assert gap(own(x, EDGES, KINDS)[ALONE], x[ALONE] @ module.root + module.bias) <= TIGHT


def test_is_the_dense_formula_in_numpy():
    layer, X = fill(RelationalGraphConv(3, 4, 4)), features(3).numpy()
    wanted = X @ array(layer.W_0.weight).T + array(layer.W_0.bias)
    for r in range(4):
        A = adjacency(EDGES[:, r == KINDS])
        wanted = wanted + A / np.maximum(A.sum(1, keepdims=True), 1) @ X @ array(layer.W[r])
    assert gap(layer(features(3), EDGES, KINDS), torch.tensor(wanted)) <= TIGHT


def test_one_relation_is_a_mean_and_the_kind_of_an_edge_matters():
    layer, x = fill(RelationalGraphConv(3, 4, 2)), features(3)
    zeros = torch.zeros_like(KINDS)
    assert gap(layer(x, EDGES, zeros), layer(x, EDGES, zeros + 1)) > 0.1
    repeated = EDGES[:, [0]].repeat(1, 3)
    assert gap(layer(x, repeated, zeros[:3]), layer(x, EDGES[:, [0]], zeros[:1])) <= TIGHT


@pytest.mark.errors
def test_what_is_refused():
    layer = RelationalGraphConv(3, 4, 2)
    with pytest.raises(ShapeError, match=r"edge_type must have shape \[9\] \(one an edge\), got \[8\]"):
        layer(features(3), EDGES, KINDS[:8])
    with pytest.raises(ValueError, match=r"edge_type must lie in 0\.\.1, got 0\.\.2"):
        layer(features(3), EDGES, KINDS)
    with pytest.raises(TypeError, match=r"edge_type must be int64 or int32, got torch.float64"):
        layer(features(3), EDGES, KINDS.double())
    with pytest.raises(ValueError, match="num_relations must be a whole number of at least 1, got 0"):
        RelationalGraphConv(3, 4, 0)
    with pytest.raises(TypeError, match=r"module must be PyG's RGCNConv, got GCNConv"):
        RelationalGraphConv.from_pyg(GCNConv(3, 4))


@pytest.mark.errors
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"num_bases": 2}, "num_bases=None, got 2"),
        ({"num_blocks": 1}, "num_blocks=None, got 1"),
        ({"aggr": "add"}, "aggr='mean', got 'add'"),
        ({"root_weight": False}, "a root weight"),
    ],
)
def test_trap_7_an_option_that_would_be_ignored_raises(options, message):
    with pytest.raises(ValueError, match=f"module must have {message}"):
        RelationalGraphConv.from_pyg(RGCNConv(3, 4, 2, **options))
