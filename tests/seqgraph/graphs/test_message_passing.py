"""Messages: the direction of an edge, its defaults, and against PyG with the same three parts."""

import pytest
import torch
from torch_geometric.nn import MessagePassing as PyGMessagePassing

from seqgraph.core import ShapeError
from seqgraph.graphs import MessagePassing
from tests.checks.numbers import DEVICES, TIGHT, gap, random, same_bits
from tests.seqgraph.graphs.graphs import ALONE, EDGES, NO_EDGES, NODES, features, renamed, two_copies


class Products(MessagePassing):
    """Weighs what sender and receiver have, takes the largest, adds the old node."""

    def message(self, x_i, x_j, e):
        return x_i * x_j * e

    def update(self, x, m):
        return 2 * x + m


class PyGProducts(PyGMessagePassing):
    def __init__(self):
        super().__init__(aggr="add")

    def forward(self, x, edge_index, e):
        return 2 * x + self.propagate(edge_index, x=x, e=e)

    def message(self, x_i, x_j, e):
        return x_i * x_j * e


@pytest.mark.parametrize("layer", [MessagePassing(), Products()], ids=["plain", "products"])
def test_an_edge_from_0_to_1_changes_node_1_only(layer):
    x, e = features(2), torch.ones(1, 2, dtype=torch.float64)
    silent = layer(x, NO_EDGES, e[:0])
    moved = layer(x, torch.tensor([[0], [1]]), e) - silent
    assert moved.abs().sum(1).ne(0).tolist() == [False, True] + [False] * (NODES - 2)


def test_as_it_stands_it_adds_up_the_senders():
    x = features(2)
    dense = torch.zeros(NODES, NODES, dtype=torch.float64).index_put_(
        (EDGES[1], EDGES[0]), torch.ones(EDGES.shape[1], dtype=torch.float64), accumulate=True
    )
    assert gap(MessagePassing()(x, EDGES), dense @ x) <= TIGHT


def test_outputs_and_gradients_are_pygs():
    e, results = random(EDGES.shape[1], 3, seed=1), []
    for layer in (Products(), PyGProducts()):
        x, own = features(3).requires_grad_(), e.clone().requires_grad_()
        out = layer(x, EDGES, own)
        results.append((out, *torch.autograd.grad((out * features(3, seed=2)).sum(), (x, own))))
    assert gap(*results) <= TIGHT


def test_names_of_nodes_and_order_of_edges_do_not_matter():
    order = torch.randperm(NODES)
    x, e = features(3), random(EDGES.shape[1], 3, seed=1)
    out = Products()(x, EDGES, e)
    there, edges = renamed(x, EDGES, order)
    assert gap(Products()(there, edges, e), out[order]) <= TIGHT
    shuffle = torch.randperm(EDGES.shape[1])
    assert gap(Products()(x, EDGES[:, shuffle], e[shuffle]), out) <= TIGHT


def test_a_batch_is_one_graph_and_its_parts_do_not_meet():
    x = features(3)
    together, edges = two_copies(x, EDGES)
    out = MessagePassing()(together, edges)
    assert gap(out[:NODES], MessagePassing()(x, EDGES)) <= TIGHT
    assert gap(out[NODES:], MessagePassing()(x.flip(0), EDGES)) <= TIGHT


def test_without_edges_or_alone_a_node_receives_zero():
    assert torch.count_nonzero(MessagePassing()(features(3), NO_EDGES)) == 0
    assert torch.count_nonzero(MessagePassing()(features(3), EDGES)[ALONE]) == 0


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("device", DEVICES)
def test_dtype_and_device_are_those_of_x_and_nothing_is_changed(dtype, device):
    x, edges = features(3).to(device, dtype), EDGES.to(device)
    copies = x.clone(), edges.clone()
    out = MessagePassing()(x, edges)
    assert (out.dtype, out.device.type) == (dtype, device)
    assert same_bits((x, edges), copies)


@pytest.mark.errors
def test_what_is_refused():
    layer, x = MessagePassing(), features(3)
    with pytest.raises(
        ShapeError, match=r"MessagePassing: edge_index must have shape \[2, E\], got \[9, 2\]"
    ):
        layer(x, EDGES.T)
    with pytest.raises(ValueError, match=r"MessagePassing: edge_index must lie in 0\.\.3, got 0\.\.4"):
        layer(x[:4], EDGES)
    with pytest.raises(ValueError, match=r"edge_index must lie in 0\.\.5, got -1\.\.3"):
        layer(x, EDGES - 1)
    with pytest.raises(TypeError, match=r"edge_index must be int64 or int32, got torch.float64"):
        layer(x, EDGES.double())
    with pytest.raises(TypeError, match=r"x must be a floating-point tensor, got torch.int64"):
        layer(x.long(), EDGES)
    with pytest.raises(TypeError, match=r"x must be a torch.Tensor, got list"):
        layer([[1.0]], EDGES)
    with pytest.raises(ShapeError, match=r"x must have shape \[N, ...\], got \[\]"):
        layer(torch.tensor(1.0), EDGES)
    with pytest.raises(ShapeError, match=r"e must have shape \[9, 3\] \(one row an edge\), got \[4, 3\]"):
        layer(x, EDGES, random(4, 3))
    with pytest.raises(TypeError, match=r"e must be torch.float64 like x, got torch.float32"):
        layer(x, EDGES, random(9, 3).float())
    with pytest.raises(TypeError, match=r"e must be a floating-point tensor, got torch.int64"):
        layer(x, EDGES, random(9, 3).long())
