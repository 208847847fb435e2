"""What every graph layer must keep: names of nodes, batches, lonely nodes, no edges, dtypes, copies."""

import copy
import inspect
import pickle

import pytest
import torch
from torch import nn

from seqgraph import graphs
from seqgraph.graphs import MessagePassing
from tests.checks.numbers import DEVICES, TIGHT, fill, gap, random, same_bits
from tests.seqgraph.graphs.graphs import ALONE, EDGES, NO_EDGES, NODES, features, renamed, two_copies

I, O, R, P = 3, 4, 3, 2
WEIGHT = lambda edges: random(edges.shape[1], seed=7).abs()  # noqa: E731
KIND = lambda edges: torch.arange(edges.shape[1]) % R  # noqa: E731
PLACE = lambda edges: random(edges.shape[1], P, seed=7)  # noqa: E731

# how it is made, and what it takes for each edge
LAYERS = {
    "GraphConv": (lambda: graphs.GraphConv(I, O), None),
    "GraphConv weighted": (lambda: graphs.GraphConv(I, O), WEIGHT),
    "GCNConv": (lambda: graphs.GCNConv(I, O), None),
    "ChebConv": (lambda: graphs.ChebConv(I, O, order=3), None),
    "GATConv": (lambda: graphs.GATConv(I, O, num_heads=2), None),
    "GATConv mean": (lambda: graphs.GATConv(I, O, num_heads=2, concat=False), None),
    "GATv2Conv": (lambda: graphs.GATv2Conv(I, O, num_heads=2), None),
    "GINConv": (
        lambda: graphs.GINConv(nn.Sequential(nn.Linear(I, 5), nn.Tanh(), nn.Linear(5, O)), 0.3),
        None,
    ),
    "RelationalGraphConv": (lambda: graphs.RelationalGraphConv(I, O, R), KIND),
    "GaussianMixtureConv": (lambda: graphs.GaussianMixtureConv(I, O, P, num_kernels=2), PLACE),
}
# These have their own tests: they hold no state, return a tuple, or iterate.
ELSEWHERE = {"MessagePassing", "GraphNetworkBlock", "FixedPointGNN", "GatedGraphConv"}
EACH = pytest.mark.parametrize("name", LAYERS)


def layer_of(name: str) -> nn.Module:
    return fill(LAYERS[name][0]().double())


def run(name: str, layer: nn.Module, x: torch.Tensor, edges: torch.Tensor, e=None) -> torch.Tensor:
    extra = LAYERS[name][1]
    if extra is None:
        return layer(x, edges)
    e = extra(edges) if e is None else e
    return layer(x, edges, e.to(x.dtype) if e.is_floating_point() else e)


def test_every_public_layer_is_here():
    found = {k for k, v in vars(graphs).items() if inspect.isclass(v) and issubclass(v, MessagePassing)}
    assert found - ELSEWHERE == {name.split()[0] for name in LAYERS}


@EACH
def test_names_of_nodes_and_order_of_edges_do_not_matter(name):
    layer, x, order = layer_of(name), features(I), torch.randperm(NODES)
    out = run(name, layer, x, EDGES)
    assert gap(run(name, layer, *renamed(x, EDGES, order)), out[order]) <= TIGHT
    shuffle, extra = torch.randperm(EDGES.shape[1]), LAYERS[name][1]
    e = None if extra is None else extra(EDGES)[shuffle]
    assert gap(run(name, layer, x, EDGES[:, shuffle], e), out) <= TIGHT


@EACH
def test_a_batch_is_one_graph_and_its_parts_do_not_meet(name):
    layer, x, extra = layer_of(name), features(I), LAYERS[name][1]
    e = None if extra is None else torch.cat([extra(EDGES)] * 2)
    both = run(name, layer, *two_copies(x, EDGES), e)
    assert gap(both[:NODES], run(name, layer, x, EDGES)) <= TIGHT
    assert gap(both[NODES:], run(name, layer, x.flip(0), EDGES)) <= TIGHT


@EACH
def test_trap_5_an_edge_from_0_to_1_changes_node_1_only(name):
    layer, x = layer_of(name), features(I)
    change = run(name, layer, x, torch.tensor([[0], [1]])) - run(name, layer, x, NO_EDGES)
    if name == "ChebConv":  # a degree is a sender's: node 1 has none, so the edge has the weight 0
        change = run(name, layer, x, torch.tensor([[0, 1], [1, 2]])) - run(name, layer, x, NO_EDGES)
    assert change.abs().sum(1).gt(1e-9).tolist() == [False, True] + [False] * (NODES - 2)


@EACH
@pytest.mark.parametrize("edges", [EDGES, NO_EDGES], ids=["edges", "none"])
def test_trap_8_a_node_without_senders_keeps_its_row_and_nothing_is_nan(name, edges):
    layer, x = layer_of(name), features(I).requires_grad_()
    out = run(name, layer, x, edges)
    assert len(out) == NODES
    assert torch.isfinite(out).all()
    out.square().sum().backward()
    assert torch.isfinite(x.grad).all()
    assert all(p.grad is None or torch.isfinite(p.grad).all() for p in layer.parameters())
    single = run(name, layer, x[ALONE:], NO_EDGES)
    assert gap(out[ALONE:], single) <= TIGHT


@EACH
def test_no_nodes_are_legal(name):
    assert len(run(name, layer_of(name), features(I)[:0], NO_EDGES)) == 0


@EACH
def test_gradients_are_finite_differences(name):
    layer, x = layer_of(name), features(I).requires_grad_()
    assert torch.autograd.gradcheck(lambda x: run(name, layer, x, EDGES), x)


@EACH
def test_trap_13_nothing_is_kept_from_one_graph_to_the_next(name):
    layer, x = layer_of(name), features(I)
    first = run(name, layer, x, EDGES)
    there = run(name, layer, x[:4], EDGES[:, :5])
    assert gap(there, run(name, copy.deepcopy(layer_of(name)), x[:4], EDGES[:, :5])) <= TIGHT
    assert gap(run(name, layer, x, EDGES.flip(0)), first) > 1e-3
    assert same_bits(run(name, layer, x, EDGES), first)


@EACH
def test_copies_say_the_same(name):
    layer, x = layer_of(name), features(I)
    out, other = run(name, layer, x, EDGES), LAYERS[name][0]().double()
    assert gap(run(name, other, x, EDGES), out) > 1e-3
    other.load_state_dict(layer.state_dict())
    assert same_bits(run(name, other, x, EDGES), out)
    assert same_bits(run(name, copy.deepcopy(layer), x, EDGES), out)
    if name == "GraphConv":
        assert same_bits(run(name, pickle.loads(pickle.dumps(layer)), x, EDGES), out)


@EACH
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("device", DEVICES)
def test_dtype_and_device_are_those_of_x_and_nothing_is_changed(name, dtype, device):
    layer = layer_of(name).to(device, dtype)
    x, edges = features(I).to(device, dtype), EDGES.to(device)
    copies = x.clone(), edges.clone()
    e = None if LAYERS[name][1] is None else LAYERS[name][1](EDGES).to(device)
    out = run(name, layer, x, edges, e)
    assert (out.dtype, out.device.type) == (dtype, device)
    assert same_bits((x, edges), copies)
    assert gap(run(name, layer, x, edges.int(), e), out) <= 1e-5


@EACH
def test_autocast_runs_and_changes_little(name):
    layer, x = LAYERS[name][0](), features(I).float()
    plain = run(name, layer, x, EDGES)
    with torch.autocast("cpu", torch.bfloat16):
        out = run(name, layer, x, EDGES)
        assert torch.isfinite(run(name, layer, x.bfloat16(), EDGES)).all()
    assert gap(out.float(), plain) <= 0.1 * max(1.0, float(plain.detach().abs().max()))


@EACH
def test_the_sizes_are_told(name):
    if name != "GINConv":
        assert repr(layer_of(name)).startswith(f"{name.split()[0]}(\n  3, 4")


@pytest.mark.errors
@EACH
def test_what_every_layer_refuses(name):
    layer, who = layer_of(name), name.split()[0]
    if who == "GINConv":
        return
    with pytest.raises(
        ValueError, match=rf"{who}: x must have shape \[N, 3\] \(input_size=3\), got \[6, 2\]"
    ):
        run(name, layer, features(2), EDGES)
    with pytest.raises(
        TypeError, match=rf"{who}: x must be torch.float64 like the weights, got torch.float32"
    ):
        run(name, layer, features(I).float(), EDGES)
    with pytest.raises(ValueError, match=rf"{who}: edge_index must lie in 0\.\.3, got 0\.\.4"):
        run(name, layer, features(I)[:4], EDGES)
    with pytest.raises(ValueError, match=rf"{who}: edge_index must have shape \[2, E\], got \[9, 2\]"):
        layer(features(I), EDGES.T, *([] if LAYERS[name][1] is None else [LAYERS[name][1](EDGES)]))
    kind, rest = type(layer), {"ChebConv": (2,), "RelationalGraphConv": (2,), "GaussianMixtureConv": (1, 1)}
    for sizes, wrong in (((0, 4), "input_size"), ((3, 0), "output_size")):
        with pytest.raises(ValueError, match=f"{who}: {wrong} must be a whole number of at least 1, got 0"):
            kind(*sizes, *rest.get(who, ()))
