"""The gated graph network: PyG's numbers and gradients, and what it refuses."""

import pytest
import torch
from torch_geometric.nn import GatedGraphConv as PyGGatedGraphConv
from torch_geometric.nn import GraphConv

from seqgraph.core import ShapeError
from seqgraph.graphs import GatedGraphConv
from tests.checks.numbers import DEVICES, TIGHT, fill, gap, random, same_bits
from tests.seqgraph.graphs.graphs import EDGES, NO_EDGES, NODES, features, renamed, two_copies


def pyg(size: int, steps: int, **options):
    module = PyGGatedGraphConv(size, steps, **options)
    module(torch.zeros(1, size), NO_EDGES)
    return fill(module.double())


@pytest.mark.parametrize("edges", [EDGES, NO_EDGES], ids=["edges", "none"])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(("size", "steps", "bias"), [(5, 1, True), (5, 3, True), (3, 2, False)])
def test_outputs_and_gradients_are_pygs(size, steps, bias, weighted, edges):
    module = pyg(size, steps, bias=bias)
    own, results = GatedGraphConv.from_pyg(module), []
    for layer in (module, own):
        x = features(3).requires_grad_()
        e = random(edges.shape[1], seed=3).requires_grad_()
        out = layer(x, edges, e) if weighted else layer(x, edges)
        (out * features(size, seed=2)).sum().backward()
        e = e.grad if weighted and edges.numel() else torch.zeros(1, dtype=torch.float64)
        results.append((out, x.grad, e))
    assert gap(*results) <= TIGHT
    pairs = [
        (module.weight.grad.transpose(1, 2), own.W.grad),
        (module.rnn.weight_hh.grad, own.cell.U.weight.grad),
    ]
    pairs += [(module.rnn.weight_ih.grad, own.cell.W.weight.grad)]
    if bias:
        pairs += [
            (module.rnn.bias_ih.grad, own.cell.W.bias.grad),
            (module.rnn.bias_hh.grad, own.cell.U.bias.grad),
        ]
    assert all(gap(theirs, ours) <= TIGHT for theirs, ours in pairs)


def test_the_weights_are_copies():
    module = pyg(4, 2)
    own = GatedGraphConv.from_pyg(module)
    before = own(features(3), EDGES)
    fill(module, seed=50)
    assert same_bits(own(features(3), EDGES), before)


def test_after_t_rounds_a_node_has_heard_t_edges_far():
    path = torch.stack([torch.arange(5), torch.arange(1, 6)])
    for steps in (1, 2, 4):
        layer = fill(GatedGraphConv(4, steps).double())
        x = features(4).requires_grad_()
        out = layer(x, path)
        heard = [
            torch.autograd.grad(out[k].sum(), x, retain_graph=True)[0][0].ne(0).any() for k in range(NODES)
        ]
        assert [bool(h) for h in heard] == [k <= steps for k in range(NODES)]


def test_an_edge_from_0_to_1_changes_node_1_only():
    layer, x = fill(GatedGraphConv(4, 2).double()), features(4)
    change = layer(x, torch.tensor([[0], [1]])) - layer(x, NO_EDGES)
    assert change.abs().sum(1).gt(1e-9).tolist() == [False, True] + [False] * (NODES - 2)


def test_batches_and_names_of_nodes():
    layer, x, order = fill(GatedGraphConv(4, 2).double()), features(4), torch.randperm(NODES)
    out = layer(x, EDGES)
    assert gap(layer(*two_copies(x, EDGES))[:NODES], out) <= TIGHT
    assert gap(layer(*renamed(x, EDGES, order)), out[order]) <= TIGHT


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("device", DEVICES)
def test_dtype_and_device(dtype, device):
    layer = GatedGraphConv(4, 2).to(device, dtype)
    out = layer(features(3).to(device, dtype), EDGES.to(device))
    assert (out.dtype, out.device.type, tuple(out.shape)) == (dtype, device, (NODES, 4))


@pytest.mark.errors
def test_what_is_refused():
    layer = GatedGraphConv(4, 2).double()
    with pytest.raises(ShapeError, match=r"x must have at most 4 columns \(hidden_size=4\), got \[6, 5\]"):
        layer(features(5), EDGES)
    with pytest.raises(ShapeError, match=r"x must have shape \[N, I\], got \[6\]"):
        layer(features(1)[:, 0], EDGES)
    with pytest.raises(ShapeError, match=r"e must have shape \[9\] \(one weight an edge\), got \[9, 1\]"):
        layer(features(4), EDGES, random(9, 1))
    with pytest.raises(TypeError, match=r"x must be torch.float64 like the weights, got torch.float32"):
        layer(features(4).float(), EDGES)
    with pytest.raises(ValueError, match=r"edge_index must lie in 0\.\.5, got 2\.\.6"):
        layer(features(4), EDGES + 2)
    for name in ("hidden_size", "steps"):
        with pytest.raises(ValueError, match=f"GatedGraphConv: {name} must be a whole number of at least 1"):
            GatedGraphConv(**{"hidden_size": 4, "steps": 2} | {name: 0})
    with pytest.raises(TypeError, match="module must be PyG's GatedGraphConv, got GraphConv"):
        GatedGraphConv.from_pyg(GraphConv(3, 4))
    with pytest.raises(TypeError, match="module must be PyG's GatedGraphConv, got GatedGraphConv"):
        GatedGraphConv.from_pyg(layer)
    with pytest.raises(ValueError, match="module must have aggr='add' and flow='source_to_target'"):
        GatedGraphConv.from_pyg(PyGGatedGraphConv(3, 2, aggr="mean"))
    with pytest.raises(ValueError, match="got 'add' and 'target_to_source'"):
        GatedGraphConv.from_pyg(PyGGatedGraphConv(3, 2, flow="target_to_source"))
