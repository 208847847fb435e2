"""The mixture model network: PyG's numbers, the formula edge by edge, and what its kernels see."""

import numpy as np
import pytest
import torch
from torch_geometric.nn import GCNConv, GMMConv

from seqgraph.core import ShapeError
from seqgraph.graphs import GaussianMixtureConv
from tests.checks.numbers import TIGHT, fill, gap, random
from tests.seqgraph.graphs.graphs import (
    ALONE,
    EDGES,
    NO_EDGES,
    NODES,
    array,
    expect_pygs_numbers,
    features,
)

PLACES = random(EDGES.shape[1], 2, seed=3)


def pyg(**options):
    """Widths away from 0, where a Gaussian is a needle."""
    module = fill(GMMConv(3, 4, 2, 3, **options).double())
    with torch.no_grad():
        module.sigma.copy_(0.5 + module.sigma.abs())
    return module


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("edges", [EDGES, NO_EDGES], ids=["edges", "none"])
def test_outputs_and_gradients_are_pygs(edges, bias):
    expect_pygs_numbers(GaussianMixtureConv, pyg(bias=bias), 3, edges, PLACES[: edges.shape[1]])


def test_is_the_formula_edge_by_edge_in_numpy():
    layer, X = GaussianMixtureConv.from_pyg(pyg()), features(3).numpy()
    W, mu, sigma = map(array, (layer.W.weight.reshape(3, 4, 3), layer.mu, layer.sigma))
    heard = np.zeros((NODES, 4))
    for (j, i), p in zip(EDGES.T.tolist(), PLACES.numpy(), strict=True):
        for k in range(3):
            heard[i] += np.exp(-(((p - mu[k]) / sigma[k]) ** 2).sum() / 2) * (W[k] @ X[j])
    heard /= np.maximum(np.bincount(EDGES[1], minlength=NODES), 1)[:, None]
    wanted = X @ array(layer.W_0.weight).T + array(layer.W_0.bias) + heard
    assert gap(layer(features(3), EDGES, PLACES), torch.tensor(wanted)) <= TIGHT


def test_trap_8_a_node_alone_is_left_with_itself():
    layer, x = GaussianMixtureConv.from_pyg(pyg()), features(3)
    assert gap(layer(x, EDGES, PLACES)[ALONE], layer.W_0(x[ALONE])) <= TIGHT


def test_kernels_are_one_at_their_centres_and_two_far_ones_pick_the_sender_by_its_place():
    layer = GaussianMixtureConv(1, 1, dim=1, num_kernels=2).double()
    with torch.no_grad():
        layer.mu.copy_(torch.tensor([[-1.0], [1.0]]))
        layer.sigma.fill_(0.1)
        layer.W.weight.copy_(torch.tensor([[1.0], [100.0]]))
        layer.W_0.weight.zero_()
    assert gap(layer.gaussians(layer.mu), torch.eye(2).double()) <= 1e-12
    x = torch.tensor([[3.0], [5.0], [0.0]], dtype=torch.float64)
    left_and_right = torch.tensor([[-1.0], [1.0]], dtype=torch.float64)
    y = layer(x, torch.tensor([[0, 1], [2, 2]]), left_and_right)
    assert y[2].item() == pytest.approx((3 + 500) / 2)
    y = layer(x, torch.tensor([[0, 1], [2, 2]]), -left_and_right)
    assert y[2].item() == pytest.approx((300 + 5) / 2)


def test_a_width_of_0_is_finite():
    layer = GaussianMixtureConv.from_pyg(pyg())
    with torch.no_grad():
        layer.sigma.zero_()
    assert torch.isfinite(layer(features(3), EDGES, PLACES)).all()


@pytest.mark.errors
def test_what_is_refused():
    layer = GaussianMixtureConv(3, 4, 2, 3).double()
    with pytest.raises(
        ShapeError, match=r"pseudo must have shape \[9, 2\] \(one row an edge\), got \[9, 1\]"
    ):
        layer(features(3), EDGES, PLACES[:, :1])
    with pytest.raises(TypeError, match=r"pseudo must be torch.float64 like the weights, got torch.float32"):
        layer(features(3), EDGES, PLACES.float())
    for name in ("dim", "num_kernels"):
        with pytest.raises(ValueError, match=f"{name} must be a whole number of at least 1, got 0"):
            GaussianMixtureConv(3, 4, **{"dim": 2, "num_kernels": 3} | {name: 0})
    with pytest.raises(TypeError, match=r"module must be PyG's GMMConv, got GCNConv"):
        GaussianMixtureConv.from_pyg(GCNConv(3, 4))


@pytest.mark.errors
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"separate_gaussians": True}, "separate_gaussians=False, got True"),
        ({"root_weight": False}, "root_weight=True, got False"),
        ({"aggr": "add"}, "aggr='mean', got 'add'"),
    ],
)
def test_trap_7_an_option_that_would_be_ignored_raises(options, message):
    with pytest.raises(ValueError, match=f"module must have {message}"):
        GaussianMixtureConv.from_pyg(GMMConv(3, 4, 2, 3, **options))
