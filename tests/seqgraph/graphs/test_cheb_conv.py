"""The Chebyshev layer: PyG's numbers, the polynomial of the dense Laplacian, and lambda_max."""

import networkx
import numpy as np
import pytest
import torch
from numpy.polynomial import chebyshev
from torch_geometric.nn import ChebConv as PyGChebConv
from torch_geometric.nn import GCNConv

from seqgraph.graphs import ChebConv, laplacian, spectral_filter
from tests.checks.numbers import TIGHT, fill, gap
from tests.seqgraph.graphs.graphs import (
    ALONE,
    BOTH_WAYS,
    EDGES,
    NO_EDGES,
    NODES,
    array,
    expect_pygs_numbers,
    features,
)


def layer_of(order: int) -> ChebConv:
    return fill(ChebConv(3, 4, order).double())


def L_of(edges=BOTH_WAYS, nodes=NODES):
    return laplacian(edges, nodes, torch.ones(edges.shape[1], dtype=torch.float64), normalised=True)


@pytest.mark.parametrize("edges", [EDGES, BOTH_WAYS, NO_EDGES], ids=["one way", "both", "none"])
@pytest.mark.parametrize("order", [0, 1, 2, 5])
@pytest.mark.parametrize("bias", [False, True])
def test_outputs_and_gradients_are_pygs_whose_K_is_one_more(bias, order, edges):
    module = fill(PyGChebConv(3, 4, K=order + 1, bias=bias).double())
    expect_pygs_numbers(ChebConv, module, 3, edges)
    assert ChebConv.from_pyg(module).order == order


@pytest.mark.parametrize("lambda_max", [0.7, 1.6, 3.0])
@pytest.mark.parametrize("edges", [EDGES, BOTH_WAYS, NO_EDGES], ids=["one way", "both", "none"])
def test_lambda_max_is_pygs(edges, lambda_max):
    module = fill(PyGChebConv(3, 4, K=4).double())
    own = ChebConv.from_pyg(module)
    assert (
        gap(own(features(3), edges, lambda_max), module(features(3), edges, lambda_max=lambda_max))
        <= TIGHT * 10
    )


@pytest.mark.parametrize("lambda_max", [2.0, 1.6])
@pytest.mark.parametrize("order", [0, 1, 4])
def test_is_the_polynomial_of_the_dense_laplacian_in_numpy(order, lambda_max):
    layer, X = layer_of(order), features(3).numpy()
    scaled = 2 / lambda_max * L_of().numpy() - np.eye(NODES)
    values, U = np.linalg.eigh(scaled)
    wanted = array(layer.b)
    for k, W in enumerate(layer.W):
        T = U * chebyshev.chebval(values, np.eye(order + 1)[k]) @ U.T
        wanted = wanted + T @ X @ array(W.weight).T
    assert gap(layer(features(3), BOTH_WAYS, lambda_max), torch.tensor(wanted)) <= 10 * TIGHT


def test_is_a_spectral_filter_without_eigenvectors():
    layer, x = fill(ChebConv(1, 1, 3, bias=False).double()), features(1)
    weights = [W.weight.item() for W in layer.W]
    y = spectral_filter(x, L_of(), lambda v: torch.tensor(chebyshev.chebval(v.numpy() - 1, weights)))
    assert gap(layer(x, BOTH_WAYS), y) <= TIGHT


def test_trap_9_with_lambda_max_2_the_scaled_laplacian_is_minus_the_adjacency_and_the_true_one_is_smaller():
    edges = torch.cat([BOTH_WAYS, torch.tensor([[0, 2], [2, 0]])], dim=1)  # a triangle: not two sides
    x, L = features(3), L_of(edges)
    layer = fill(ChebConv(3, 3, 1, bias=False).double())
    torch.nn.init.zeros_(layer.W[0].weight)
    torch.nn.init.eye_(layer.W[1].weight)
    eye = torch.eye(NODES, dtype=torch.float64)
    assert gap(layer(x, edges), -(eye - L) @ x) <= TIGHT
    true = torch.linalg.eigvalsh(L).max().item()
    assert true < 1.98
    assert gap(layer(x, edges, true), (2 / true * L - eye) @ x) <= TIGHT
    assert gap(layer(x, edges, true), layer(x, edges)) > 1e-2
    graph = networkx.complete_graph(6)
    A = torch.tensor(networkx.to_numpy_array(graph, nodelist=range(6)))
    assert torch.linalg.eigvalsh(L_of(A.nonzero().T, 6)).max().item() == pytest.approx(1.2)


def test_a_node_learns_of_others_up_to_order_edges_away():
    path = torch.stack([torch.arange(5), torch.arange(1, 6)])
    path = torch.cat([path, path.flip(0)], dim=1)
    for order in (0, 1, 3):
        layer, x = layer_of(order), features(3).requires_grad_()
        (slope,) = torch.autograd.grad(layer(x, path)[0].sum(), x)
        assert slope.abs().sum(1).gt(1e-12).tolist() == [k <= order for k in range(NODES)]


def test_self_loops_are_left_out_and_a_node_alone_has_the_laplacian_1():
    layer, x = layer_of(3), features(3)
    bare = EDGES[:, EDGES[0] != EDGES[1]]
    assert gap(layer(x, EDGES), layer(x, bare)) <= TIGHT
    # With lambda_max = 2 its scaled Laplacian is 0: T_0 = 1, T_1 = 0, T_2 = -1, T_3 = 0.
    alone = layer.W[0](x[ALONE]) - layer.W[2](x[ALONE]) + layer.b
    assert gap(layer(x, EDGES)[ALONE], alone) <= TIGHT


def test_degrees_are_those_of_the_senders():
    """0 -> 1 and 0 -> 2, 1 -> 0: node 0 sends two, node 1 one, node 2 none."""
    layer = fill(ChebConv(1, 1, 1, bias=False).double())
    x = torch.tensor([[1.0], [10.0], [100.0]], dtype=torch.float64)
    y = layer(x, torch.tensor([[0, 0, 1], [1, 2, 0]]))
    one, other = (W.weight.item() for W in layer.W)
    wanted = [one - other * 10 / 2**0.5, one * 10 - other / 2**0.5, one * 100]
    assert gap(y[:, 0], torch.tensor(wanted, dtype=torch.float64)) <= 100 * TIGHT


@pytest.mark.errors
def test_what_is_refused():
    with pytest.raises(ValueError, match="ChebConv: order must be a whole number of at least 0, got -1"):
        ChebConv(3, 4, -1)
    for wrong in (0, -1.0, float("inf"), float("nan")):
        with pytest.raises(ValueError, match="ChebConv: lambda_max must be a finite number above 0"):
            layer_of(2)(features(3), EDGES, wrong)
    with pytest.raises(TypeError, match=r"ChebConv.from_pyg: module must be PyG's ChebConv, got GCNConv"):
        ChebConv.from_pyg(GCNConv(3, 4))


@pytest.mark.errors
@pytest.mark.parametrize("normalization", [None, "rw"])
def test_trap_7_an_option_that_would_be_ignored_raises(normalization):
    with pytest.raises(ValueError, match=f"module must have normalization='sym', got {normalization!r}"):
        ChebConv.from_pyg(PyGChebConv(3, 4, 2, normalization=normalization))
