"""The layer of the graph isomorphism network: PyG's numbers, and what a sum sees."""

import pytest
import torch
from torch import nn
from torch_geometric.nn import GCNConv
from torch_geometric.nn import GINConv as PyGGINConv

from seqgraph.graphs import GINConv
from tests.checks.numbers import TIGHT, fill, gap
from tests.seqgraph.graphs.graphs import EDGES, NO_EDGES, NODES, adjacency, expect_pygs_numbers, features


def network():
    return nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 4)).double()


@pytest.mark.parametrize("edges", [EDGES, NO_EDGES], ids=["edges", "none"])
@pytest.mark.parametrize("train_eps", [False, True])
@pytest.mark.parametrize("eps", [0.0, 0.3])
def test_outputs_and_gradients_are_pygs(eps, train_eps, edges):
    module = fill(PyGGINConv(network(), eps, train_eps).double())
    expect_pygs_numbers(GINConv, module, 3, edges)
    assert any(name == "eps" for name, _ in GINConv.from_pyg(module).named_parameters()) == train_eps


def test_is_the_dense_formula_in_numpy():
    layer, x = GINConv(network(), 0.3), features(3)
    summed = 1.3 * x.numpy() + adjacency(EDGES) @ x.numpy()
    assert gap(layer(x, EDGES), layer.network(torch.tensor(summed))) <= TIGHT


def test_a_sum_tells_how_often_and_a_self_loop_is_one_neighbour_more():
    layer, x = GINConv(nn.Identity()), torch.ones(4, 1)
    assert layer(x, torch.tensor([[0, 1], [2, 2]]))[:, 0].tolist() == [1.0, 1.0, 3.0, 1.0]
    assert layer(x, torch.tensor([[0, 0, 2], [2, 2, 2]]))[:, 0].tolist() == [1.0, 1.0, 4.0, 1.0]


def test_eps_can_be_learned():
    eps = nn.Parameter(torch.zeros(1))
    layer = GINConv(nn.Identity(), eps)
    layer(torch.ones(NODES, 1), EDGES).sum().backward()
    assert eps.grad.item() == NODES


@pytest.mark.errors
def test_what_is_refused():
    with pytest.raises(TypeError, match=r"GINConv: network must be a torch.nn.Module, got function"):
        GINConv(lambda x: x)
    for wrong in (float("nan"), "0", nn.Parameter(torch.zeros(2)), True):
        with pytest.raises(ValueError, match="GINConv: eps must be a finite number"):
            GINConv(nn.Identity(), wrong)
    with pytest.raises(ValueError, match=r"GINConv: edge_index must lie in 0\.\.3, got 0\.\.4"):
        GINConv(nn.Identity())(torch.ones(4, 1), EDGES)
    with pytest.raises(TypeError, match=r"GINConv.from_pyg: module must be PyG's GINConv, got GCNConv"):
        GINConv.from_pyg(GCNConv(3, 4))


@pytest.mark.errors
@pytest.mark.parametrize(("option", "came"), [("aggr", "mean"), ("flow", "target_to_source")])
def test_trap_7_an_option_that_would_be_ignored_raises(option, came):
    with pytest.raises(ValueError, match=f"module must have {option}='.*', got '{came}'"):
        GINConv.from_pyg(PyGGINConv(network(), **{option: came}))
