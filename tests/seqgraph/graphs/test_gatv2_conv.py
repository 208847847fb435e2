"""Graph attention, dynamic: PyG's numbers, the concatenation, and rankings that differ."""

import numpy as np
import pytest
import torch
from torch_geometric.nn import GATConv as PyGGATConv
from torch_geometric.nn import GATv2Conv as PyGGATv2Conv

from seqgraph.graphs import GATConv, GATv2Conv
from tests.checks.numbers import TIGHT, fill, gap, same_bits
from tests.seqgraph.graphs.attention import check_shares, complete, expect_pygs_attention, shares_matrix
from tests.seqgraph.graphs.graphs import ALONE, EDGES, NO_EDGES, NODES, array, expect_pygs_numbers, features


def layer_of(heads: int = 1, concat: bool = True) -> GATv2Conv:
    return fill(GATv2Conv(3, 4, heads, concat).double())


@pytest.mark.parametrize("edges", [EDGES, NO_EDGES], ids=["edges", "none"])
@pytest.mark.parametrize(("heads", "concat", "bias"), [(1, True, True), (3, True, False), (3, False, True)])
def test_outputs_gradients_and_shares_are_pygs(heads, concat, bias, edges):
    options = {"heads": heads, "concat": concat, "bias": bias}
    expect_pygs_numbers(GATv2Conv, fill(PyGGATv2Conv(3, 4, **options).double()), 3, edges)
    expect_pygs_attention(GATv2Conv, fill(PyGGATv2Conv(3, 4, **options).double()), edges)


def test_trap_10_two_maps_added_are_one_map_of_receiver_and_sender_side_by_side():
    """Node by node in numpy, with one matrix [W_r W_s] times [x_i, x_j]; swapped, it is another layer."""
    layer, X = layer_of(), features(3).numpy()
    W_r, W_s, a, b = map(array, (layer.W_r.weight, layer.W_s.weight, layer.a[0], layer.b))
    bias, told = array(layer.W_r.bias + layer.W_s.bias), array(layer.W_s.bias)
    for W, same in ((np.hstack([W_r, W_s]), True), (np.hstack([W_s, W_r]), False)):
        rows = []
        for i in range(NODES):
            senders = [j for j, k in EDGES.T.tolist() if k == i and j != i] + [i]
            z = np.array([W @ np.concatenate([X[i], X[j]]) + bias for j in senders])
            s = np.exp(np.where(z > 0, z, 0.2 * z) @ a)
            rows.append((s / s.sum()) @ (X[senders] @ W_s.T + told) + b)
        found = gap(layer(features(3), EDGES), torch.tensor(np.array(rows)))
        assert (found <= TIGHT) if same else (found > 0.01)


def test_trap_5_the_shares_into_each_receiver_sum_to_one():
    check_shares(layer_of(2))


def test_trap_6_and_8_one_self_loop_each_so_a_node_alone_hears_itself():
    layer, x = layer_of(2), features(3)
    bare = EDGES[:, EDGES[0] != EDGES[1]]
    assert gap(layer(x, EDGES), layer(x, bare)) <= TIGHT
    assert gap(layer(x, EDGES)[ALONE], layer.W_s(x[ALONE]) + layer.b) <= TIGHT


def test_receivers_can_rank_their_senders_differently_where_gat_cannot():
    """Key k asks for sender k: with a = -1, |difference| in every coordinate is least at its own key."""
    eye, edges = torch.eye(3, dtype=torch.float64), complete(nodes=3)[1]
    layer = GATv2Conv(3, 6, bias=False).double()
    with torch.no_grad():
        both_signs = torch.cat([eye, -eye])
        layer.W_r.weight.copy_(8 * both_signs)
        layer.W_s.weight.copy_(-8 * both_signs)
        layer.a.fill_(-1)
    assert shares_matrix(layer, eye, edges).argmax(1).tolist() == [0, 1, 2]
    for seed in range(20):
        ranks = shares_matrix(fill(GATConv(3, 6).double(), seed), eye, edges).argsort(1)
        assert same_bits(ranks, ranks[:1].expand(3, 3))


@pytest.mark.errors
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"share_weights": True}, "share_weights=False, got True"),
        ({"edge_dim": 2}, "edge_dim=None, got 2"),
        ({"dropout": 0.5}, r"dropout=0.0, got 0\.5"),
        ({"negative_slope": 0.1}, r"negative_slope=0.2, got 0\.1"),
        ({"add_self_loops": False}, "add_self_loops=True, got False"),
        ({"residual": True}, "residual=False, got True"),
    ],
)
def test_trap_7_an_option_that_would_be_ignored_raises(options, message):
    with pytest.raises(ValueError, match=f"module must have {message}"):
        GATv2Conv.from_pyg(PyGGATv2Conv(3, 4, **options))


@pytest.mark.errors
def test_another_module_is_refused():
    with pytest.raises(TypeError, match=r"GATv2Conv.from_pyg: module must be PyG's GATv2Conv, got GATConv"):
        GATv2Conv.from_pyg(PyGGATConv(3, 4))
