"""Graph attention, static: PyG's numbers, the formula node by node, and how the receivers rank."""

import numpy as np
import pytest
import torch
from torch_geometric.nn import GATConv as PyGGATConv
from torch_geometric.nn import GATv2Conv as PyGGATv2Conv

from seqgraph.graphs import GATConv
from tests.checks.numbers import TIGHT, fill, gap, same_bits
from tests.seqgraph.graphs.attention import check_shares, complete, expect_pygs_attention, shares_matrix
from tests.seqgraph.graphs.graphs import ALONE, EDGES, NO_EDGES, NODES, array, expect_pygs_numbers, features


def layer_of(heads: int = 1, concat: bool = True) -> GATConv:
    return fill(GATConv(3, 4, heads, concat).double())


@pytest.mark.parametrize("edges", [EDGES, NO_EDGES], ids=["edges", "none"])
@pytest.mark.parametrize(("heads", "concat", "bias"), [(1, True, True), (3, True, False), (3, False, True)])
def test_outputs_gradients_and_shares_are_pygs(heads, concat, bias, edges):
    options = {"heads": heads, "concat": concat, "bias": bias}
    expect_pygs_numbers(GATConv, fill(PyGGATConv(3, 4, **options).double()), 3, edges)
    expect_pygs_attention(GATConv, fill(PyGGATConv(3, 4, **options).double()), edges)


@pytest.mark.parametrize("concat", [True, False])
def test_is_the_formula_node_by_node_in_numpy(concat):
    """With the concatenation of the paper: a . [W x_i, W x_j]."""
    layer, x = layer_of(2, concat), features(3)
    W, a_r, a_s, b = map(array, (layer.W.weight, layer.a_r, layer.a_s, layer.b))
    rows = []
    for i in range(NODES):
        senders = [j for j, k in EDGES.T.tolist() if k == i and j != i] + [i]
        heads = []
        for k in range(2):
            h = x.numpy() @ W[4 * k : 4 * k + 4].T
            a = np.concatenate([a_r[k], a_s[k]])
            s = np.array([a @ np.concatenate([h[i], h[j]]) for j in senders])
            s = np.exp(np.where(s > 0, s, 0.2 * s))
            heads.append((s / s.sum()) @ h[senders])
        rows.append(np.concatenate(heads) if concat else np.mean(heads, axis=0))
    assert gap(layer(x, EDGES), torch.tensor(np.array(rows) + b)) <= TIGHT * 10


def test_trap_5_the_shares_into_each_receiver_sum_to_one():
    check_shares(layer_of(2))


def test_trap_6_there_is_exactly_one_self_loop_a_node():
    layer, x = layer_of(2), features(3)
    bare = EDGES[:, EDGES[0] != EDGES[1]]
    assert gap(layer(x, EDGES), layer(x, bare)) <= TIGHT
    edges = layer.attention(x, EDGES).edge_index
    assert same_bits(edges[:, edges[0] == edges[1]], torch.arange(NODES).expand(2, -1))


def test_trap_8_a_node_alone_hears_itself_with_share_1():
    layer, x = layer_of(2), features(3)
    assert gap(layer(x, EDGES)[ALONE], layer.W(x[ALONE]) + layer.b) <= TIGHT


def test_scores_far_apart_stay_finite():
    """One receiver's scores lie 1e4 below another's: a maximum over all edges would give 0 / 0."""
    layer, x = layer_of(), features(3)
    with torch.no_grad():
        layer.a_r.mul_(1e4)
    x = x.requires_grad_()
    out = layer(x, EDGES)
    out.sum().backward()
    assert torch.isfinite(out).all()
    assert torch.isfinite(x.grad).all()
    assert all(torch.isfinite(p.grad).all() for p in layer.parameters())


@pytest.mark.parametrize("seed", range(5))
def test_the_attention_is_static_all_receivers_rank_their_senders_alike(seed):
    layer, (x, edges) = fill(GATConv(3, 4).double(), seed), complete(seed)
    order = shares_matrix(layer, x, edges).argsort(1)
    assert same_bits(order, order[:1].expand_as(order))


@pytest.mark.errors
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"edge_dim": 2}, "edge_dim=None, got 2"),
        ({"dropout": 0.5}, r"dropout=0.0, got 0\.5"),
        ({"negative_slope": 0.1}, r"negative_slope=0.2, got 0\.1"),
        ({"add_self_loops": False}, "add_self_loops=True, got False"),
        ({"residual": True}, "residual=False, got True"),
        ({"in_channels": (3, 3)}, "one size of input"),
    ],
)
def test_trap_7_an_option_that_would_be_ignored_raises(options, message):
    with pytest.raises(ValueError, match=f"module must have {message}"):
        GATConv.from_pyg(PyGGATConv(**{"in_channels": 3, "out_channels": 4} | options))


@pytest.mark.errors
def test_what_is_refused():
    with pytest.raises(ValueError, match="GATConv: num_heads must be a whole number of at least 1, got 0"):
        GATConv(3, 4, 0)
    with pytest.raises(TypeError, match=r"GATConv.from_pyg: module must be PyG's GATConv, got GATv2Conv"):
        GATConv.from_pyg(PyGGATv2Conv(3, 4))
    with pytest.raises(ValueError, match=r"GATConv: x must have shape \[N, 3\]"):
        layer_of().attention(features(2), EDGES)
