"""The layer of the graph convolutional network: PyG's numbers, dense algebra, self-loops."""

import numpy as np
import pytest
import torch
from torch_geometric.nn import GCNConv as PyGGCNConv
from torch_geometric.nn import GraphConv

from seqgraph.graphs import GCNConv, laplacian, spectral_filter
from tests.checks.numbers import TIGHT, fill, gap
from tests.seqgraph.graphs.graphs import (
    ALONE,
    BOTH_WAYS,
    EDGES,
    NO_EDGES,
    NODES,
    adjacency,
    array,
    expect_pygs_numbers,
    features,
)

LOOPS_TWICE = torch.cat([EDGES, torch.tensor([[3, 2], [3, 2]])], dim=1)


def dense(layer: GCNConv, x: torch.Tensor, edges: torch.Tensor, plus_identity: bool) -> torch.Tensor:
    A = adjacency(edges)
    if plus_identity:
        A += np.eye(NODES)
    else:
        np.fill_diagonal(A, 1)
    scale = A.sum(1) ** -0.5
    return torch.tensor(scale[:, None] * A * scale @ x.numpy() @ array(layer.W.weight).T + array(layer.b))


@pytest.mark.parametrize(
    "edges", [EDGES, LOOPS_TWICE, BOTH_WAYS, NO_EDGES], ids=["one way", "loops", "both", "none"]
)
@pytest.mark.parametrize("bias", [False, True])
def test_outputs_and_gradients_are_pygs(bias, edges):
    expect_pygs_numbers(GCNConv, fill(PyGGCNConv(3, 4, bias=bias).double()), 3, edges)


@pytest.mark.parametrize("edges", [EDGES, LOOPS_TWICE, NO_EDGES], ids=["edges", "loops", "none"])
def test_is_the_dense_formula_in_numpy(edges):
    layer, x = fill(GCNConv(3, 4).double()), features(3)
    assert gap(layer(x, edges), dense(layer, x, edges, plus_identity=False)) <= TIGHT


def test_trap_6_missing_self_loops_are_added_and_that_is_not_A_plus_I():
    layer, x = fill(GCNConv(3, 4).double()), features(3)
    bare = EDGES[:, EDGES[0] != EDGES[1]]
    assert gap(layer(x, EDGES), layer(x, bare)) <= TIGHT
    assert gap(layer(x, EDGES), layer(x, LOOPS_TWICE)) <= TIGHT
    assert gap(layer(x, bare), dense(layer, x, bare, plus_identity=True)) <= TIGHT  # no loops: the same
    assert gap(layer(x, EDGES), dense(layer, x, EDGES, plus_identity=True)) > 0.1


def test_trap_8_a_node_alone_is_left_with_itself():
    layer, x = fill(GCNConv(3, 4).double()), features(3)
    assert gap(layer(x, EDGES)[ALONE], layer.W(x[ALONE]) + layer.b) <= TIGHT


def test_by_hand():
    """0 - 1 - 2, all features 1: an end hears 1/2 of itself and 1/sqrt(6) of the middle."""
    path = torch.tensor([[0, 1, 1, 2], [1, 0, 2, 1]])
    layer = GCNConv(1, 1).double()
    torch.nn.init.ones_(layer.W.weight)
    y = layer(torch.ones(3, 1).double(), path)
    ends, middle = 1 / 2 + 6**-0.5, 1 / 3 + 2 * 6**-0.5
    assert gap(y[:, 0], torch.tensor([ends, middle, ends], dtype=torch.float64)) <= TIGHT


def test_on_a_regular_graph_it_is_a_filter_of_the_laplacian():
    """All degrees d: A_hat = (A + I) / (d + 1) = I - L / (d + 1)."""
    ring = torch.stack([torch.arange(5), (torch.arange(5) + 1) % 5])
    ring = torch.cat([ring, ring.flip(0)], dim=1)
    layer, x = fill(GCNConv(3, 4, bias=False).double()), features(3)[:5]
    L = laplacian(ring, 5, torch.ones(10, dtype=torch.float64))
    assert gap(layer(x, ring), spectral_filter(layer.W(x), L, lambda v: 1 - v / 3)) <= TIGHT


@pytest.mark.errors
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"improved": True}, "improved=False, got True"),
        ({"cached": True}, "cached=False, got True"),
        ({"add_self_loops": False}, "add_self_loops=True, got False"),
        ({"normalize": False, "add_self_loops": False}, "normalize=True, got False"),
        ({"aggr": "mean"}, "aggr='add', got 'mean'"),
        ({"flow": "target_to_source"}, "flow='source_to_target'"),
    ],
)
def test_trap_7_an_option_that_would_be_ignored_raises(options, message):
    with pytest.raises(ValueError, match=rf"GCNConv.from_pyg: module must have {message}"):
        GCNConv.from_pyg(PyGGCNConv(3, 4, **options))


@pytest.mark.errors
def test_another_module_is_refused():
    with pytest.raises(TypeError, match=r"GCNConv.from_pyg: module must be PyG's GCNConv, got GraphConv"):
        GCNConv.from_pyg(GraphConv(3, 4))
