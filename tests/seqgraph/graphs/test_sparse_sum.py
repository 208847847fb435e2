"""The sparse product against the sum of messages, and where it has to step aside."""

import copy
import pickle

import pytest
import torch
from torch import nn

from seqgraph.graphs import GCNConv, GINConv, GraphConv, MessagePassing
from seqgraph.graphs.sparse_sum import SparseSum
from tests.checks.numbers import TIGHT, fill, gap, random
from tests.seqgraph.graphs.graphs import EDGES, NO_EDGES, features

I, O = 3, 4
REPEATED = torch.cat([EDGES, EDGES[:, :3], torch.tensor([[1, 1], [1, 1]])], dim=1)
WEIGHT = random(REPEATED.shape[1], seed=7)
LAYERS = {
    "GraphConv": (lambda: GraphConv(I, O), ()),
    "GraphConv weighted": (lambda: GraphConv(I, O), (WEIGHT,)),
    "GCNConv": (lambda: GCNConv(I, O), ()),
    "GINConv": (lambda: GINConv(nn.Linear(I, O), 0.3), ()),
}
EACH = pytest.mark.parametrize("name", LAYERS)


def in_the_open(layer: nn.Module) -> nn.Module:
    """The same layer, which sends its messages one by one."""
    kind = type(layer)
    spelled = type(kind.__name__, (kind,), {"message": lambda self, *rest: kind.message(self, *rest)})
    other = copy.deepcopy(layer)
    other.__class__ = spelled
    return other


def is_sparse(out: torch.Tensor) -> bool:
    nodes, seen = [out.grad_fn], set()
    while nodes:
        node = nodes.pop()
        if node is not None and node not in seen:
            seen.add(node)
            nodes += [after for after, _ in node.next_functions]
    return any("_Product" in type(node).__name__ for node in seen)


@EACH
def test_it_is_the_sum_of_the_messages_and_so_are_its_gradients(name):
    make, rest = LAYERS[name]
    layer, x = fill(make().double()), features(I).requires_grad_()
    values = []
    for way in (layer, in_the_open(layer)):
        out = way(x, REPEATED, *rest)
        assert is_sparse(out) == (way is layer)
        cotangent = random(*out.shape, seed=3)
        values.append([out, *torch.autograd.grad((out * cotangent).sum(), [x, *way.parameters()])])
    assert max(gap(a, b) for a, b in zip(*values, strict=True)) <= TIGHT


@EACH
def test_first_and_second_derivatives(name):
    make, rest = LAYERS[name]
    layer, x = fill(make().double()), features(I).requires_grad_()
    curved = lambda x: layer(x, REPEATED, *rest).square()  # noqa: E731
    assert torch.autograd.gradcheck(curved, x)
    assert torch.autograd.gradgradcheck(curved, x)


def test_a_graph_changed_in_place_is_another_graph():
    layer, x, edges, weight = (
        fill(GraphConv(I, O).double()),
        features(I),
        EDGES.clone(),
        WEIGHT[: EDGES.shape[1]],
    )
    layer(x, edges, weight)
    edges.numpy()[:] = EDGES.flip(0).numpy()  # which torch does not see
    assert gap(layer(x, edges, weight), in_the_open(layer)(x, edges, weight)) <= TIGHT
    weight.numpy()[0] += 1
    assert gap(layer(x, edges, weight), in_the_open(layer)(x, edges, weight)) <= TIGHT
    assert gap(layer(x, edges), in_the_open(layer)(x, edges)) <= TIGHT


def test_a_graph_that_came_before_is_kept_and_a_copy_begins_without():
    layer, x = fill(GINConv(nn.Linear(I, O)).double()), features(I)
    layer(x, EDGES)
    matrices = layer._sparse_sum._last
    layer(2 * x, EDGES.clone())
    assert layer._sparse_sum._last is matrices
    layer(x.float().double()[:4], EDGES[:, :0])  # without edges nothing is sparse
    assert layer._sparse_sum._last is matrices
    for twin in (copy.deepcopy(layer), pickle.loads(pickle.dumps(layer))):
        assert twin._sparse_sum._last is None
        assert gap(twin(x, EDGES), layer(x, EDGES)) <= TIGHT
    assert isinstance(layer._sparse_sum, SparseSum)


@pytest.mark.filterwarnings("error")
def test_no_warning_reaches_the_reader():
    GINConv(nn.Identity())(features(I).requires_grad_(), EDGES).sum().backward()


def spelled_out(layer: nn.Module, x: torch.Tensor) -> torch.Tensor:
    layer.message = lambda x_i, x_j, e: x_j
    return layer(x, EDGES)


ASIDE = {
    "a message of one's own": spelled_out,
    "no edges": lambda layer, x: layer(x, NO_EDGES),
    "half precision": lambda layer, x: copy.deepcopy(layer).bfloat16()(x.bfloat16(), EDGES),
    "forward mode": lambda layer, x: torch.func.jvp(lambda x: layer(x, EDGES), (x,), (x,))[0],
    "torch.func": lambda layer, x: torch.func.vmap(lambda x: layer(x, EDGES))(x[None])[0],
    "weights that learn": lambda layer, x: layer(x, EDGES, random(EDGES.shape[1]).requires_grad_()),
}


@pytest.mark.parametrize("case", ASIDE)
def test_it_steps_aside(case):
    layer, x = fill(GraphConv(I, O).double()), features(I)
    assert is_sparse(layer(x.requires_grad_(), EDGES))
    assert not is_sparse(ASIDE[case](layer, x))


def test_it_steps_aside_under_autocast_and_for_an_aggregate_of_ones_own():
    layer, x = GraphConv(I, O), features(I).float().requires_grad_()
    with torch.autocast("cpu", torch.bfloat16):
        assert not is_sparse(layer(x, EDGES))

    class Largest(MessagePassing):
        def aggregate(self, messages, index, num_nodes):
            return super().aggregate(messages, index, num_nodes) * 2

    h = features(I).requires_grad_()
    own, plain = Largest().from_senders(h, EDGES), MessagePassing().from_senders(h, EDGES)
    assert is_sparse(plain)
    assert not is_sparse(own)
    assert gap(own, 2 * plain) <= TIGHT
