"""The first graph network: bound, equation, gradients, batches, and what it refuses."""

import copy
import math

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.diagnostics import finite_differences
from seqgraph.graphs import FixedPointGNN, NotConverged
from tests.checks.numbers import DEVICES, TIGHT, TIGHT32, fill, gap, random, same_bits
from tests.seqgraph.graphs.graphs import ALONE, EDGES, NO_EDGES, NODES, features, renamed, two_copies


def network(**options) -> FixedPointGNN:
    return fill(FixedPointGNN(3, 4, **{"tolerance": 1e-14, "most": 2000} | options).double())


def test_equals_the_equation_node_by_node():
    gnn, x, e = network(edge_size=2), features(3), random(EDGES.shape[1], 2)
    found, U = gnn.solve(x, EDGES, e), gnn.contraction()
    for node in range(NODES):
        incoming = [k for k in range(EDGES.shape[1]) if EDGES[1, k] == node]
        told = [torch.cat([x[node], x[EDGES[0, k]], e[k]]) for k in incoming]
        parts = [
            torch.tanh(gnn.W.weight @ label + gnn.W.bias + U @ found.state[EDGES[0, k]])
            for label, k in zip(told, incoming, strict=True)
        ]
        mean = sum(parts, torch.zeros(4, dtype=torch.float64)) / max(len(parts), 1)
        assert gap(found.state[node], mean) <= TIGHT


def test_one_node_by_hand():
    """One node that hears itself: h = tanh(1 + 0.5 h), so h = 0.8952, and dh/db = s / (1 - s/2)."""
    gnn = FixedPointGNN(1, 1, tolerance=1e-15).double()
    with torch.no_grad():
        gnn.W.weight.fill_(0.5)
        gnn.W.bias.zero_()
        gnn.U.fill_(0.5)
    x = torch.ones(1, 1, dtype=torch.float64)
    h = gnn(x, torch.zeros(2, 1, dtype=torch.int64))
    assert h.item() == pytest.approx(math.tanh(1 + 0.5 * h.item()), abs=TIGHT)
    assert round(h.item(), 4) == 0.8952
    h.sum().backward()
    s = 1 - h.item() ** 2
    assert gnn.W.bias.grad.item() == pytest.approx(s / (1 - s / 2), abs=TIGHT)


@pytest.mark.parametrize("bound", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("size", [0.01, 1.0, 100.0])
def test_a_step_contracts_by_the_bound_whatever_the_weights(bound, size):
    gnn = network(bound=bound)
    with torch.no_grad():
        gnn.U.mul_(size)
    U, projected = gnn.contraction(), gnn.project(features(3), EDGES)
    factor = gnn.lipschitz().item()
    assert factor <= bound + TIGHT
    assert gap(U, gnn.U) <= TIGHT or size >= 1  # rows within the bound are left alone
    for seed in range(20):
        one, two = (random(NODES, 4, seed=seed + offset) for offset in (100, 200))
        after = gnn.step(one, U, projected, EDGES) - gnn.step(two, U, projected, EDGES)
        assert after.abs().max() <= (factor + TIGHT) * (one - two).abs().max()


def test_the_bound_is_reached():
    """One unit near 0, where tanh is straight, is stretched by no less than the bound."""
    gnn = FixedPointGNN(1, 1, bound=0.8).double()
    with torch.no_grad():
        gnn.U.fill_(3.0)
        gnn.W.weight.zero_()
        gnn.W.bias.zero_()
    loop = torch.zeros(2, 1, dtype=torch.int64)
    projected = gnn.project(torch.zeros(1, 1, dtype=torch.float64), loop)
    tiny = torch.full((1, 1), 1e-6, dtype=torch.float64)
    after = gnn.step(tiny, gnn.contraction(), projected, loop)
    assert (after / tiny).item() == pytest.approx(0.8, abs=1e-9)


@pytest.mark.parametrize("edges", [EDGES, NO_EDGES], ids=["edges", "none"])
def test_gradients_in_weights_and_inputs_are_finite_differences(edges):
    gnn, x = network(edge_size=2), features(3).requires_grad_()
    e = random(edges.shape[1], 2, seed=1).requires_grad_()
    weights = random(NODES, 4, seed=2)
    tensors = [x, e, *gnn.parameters()]

    def loss():
        return (gnn(x, edges, e) * weights).sum()

    exact = torch.autograd.grad(loss(), tensors)
    assert gap(exact[2:], tuple(finite_differences(loss, tensors[2:]))) <= 1e-6
    assert gap(exact[0], finite_differences(loss, [x])[0]) <= 1e-6
    if edges.numel():
        assert gap(exact[1], finite_differences(loss, [e])[0]) <= 1e-6


def test_a_batch_equals_one_graph_at_a_time_outputs_and_gradients():
    gnn, x = network(), features(3)
    together = two_copies(x, EDGES)
    weights = random(2 * NODES, 4, seed=2)
    state = gnn(*together)
    apart = torch.cat([gnn(x, EDGES), gnn(x.flip(0), EDGES)])
    slopes = [torch.autograd.grad((s * weights).sum(), list(gnn.parameters())) for s in (state, apart)]
    assert gap((state, *slopes[0]), (apart, *slopes[1])) <= TIGHT


def test_names_of_nodes_do_not_matter_and_the_lonely_have_no_state():
    gnn, x, order = network(), features(3), torch.randperm(NODES)
    state = gnn(x, EDGES)
    assert gap(gnn(*renamed(x, EDGES, order)), state[order]) <= TIGHT
    assert torch.count_nonzero(state[ALONE]) == 0
    assert torch.count_nonzero(gnn(x, NO_EDGES)) == 0


def test_an_edge_from_0_to_1_changes_node_1_only():
    gnn, x = network(), features(3)
    state = gnn(x, torch.tensor([[0], [1]]))
    assert state.abs().sum(1).ne(0).tolist() == [False, True] + [False] * (NODES - 2)


def test_a_far_node_is_heard_and_ever_less():
    """On a path the first node's features reach the last; at distance k at most bound**k of them."""
    gnn, path = network(bound=0.5), torch.stack([torch.arange(5), torch.arange(1, 6)])
    x = features(3).requires_grad_()
    state = gnn(x, path)
    heard = [torch.autograd.grad(state[k].sum(), x, retain_graph=True)[0][0].abs().max() for k in range(6)]
    assert all(heard[k] > 0 for k in range(1, 6))
    most = gnn.W.weight.abs().sum()
    assert all(heard[k] <= most * 0.5 ** (k - 1) for k in range(1, 6))


def test_copies_and_silent_calls_agree():
    gnn, x = network(), features(3)
    state = gnn(x, EDGES)
    assert same_bits(copy.deepcopy(gnn)(x, EDGES), state)
    other = network()
    other.load_state_dict(gnn.state_dict())
    assert same_bits(other(x, EDGES), state)
    with torch.no_grad():
        assert gap(gnn(x, EDGES), state) <= TIGHT


@pytest.mark.parametrize("device", DEVICES)
def test_single_precision_with_the_usual_tolerance(device):
    gnn = fill(FixedPointGNN(3, 4)).to(device)
    found = gnn.solve(features(3).float().to(device), EDGES.to(device))
    assert (found.state.dtype, found.state.device.type) == (torch.float32, device)
    assert found.residual <= 2e-6
    found.state.sum().backward()
    double = network().to(device)
    assert (
        gap(found.state.cpu().double(), double(features(3).to(device), EDGES.to(device)).cpu())
        <= 20 * TIGHT32
    )


def test_too_few_steps_are_told():
    gnn = network(bound=0.99, most=5)
    with pytest.raises(NotConverged, match="in 5 steps"):
        gnn(features(3), EDGES)


def test_it_learns_to_tell_how_far_a_sign_is():
    """On paths of six nodes: which nodes lie behind the marked one? No node sees it but by messages."""
    generator = torch.Generator().manual_seed(0)
    torch.manual_seed(0)
    gnn, V = FixedPointGNN(1, 4, bound=0.95), torch.nn.Linear(4, 1)
    ways = torch.stack([torch.arange(5), torch.arange(1, 6)])
    edges = torch.cat([ways + 6 * k for k in range(32)], dim=1)
    adam = torch.optim.Adam([*gnn.parameters(), *V.parameters()], lr=0.03)
    for _ in range(80):
        place = torch.randint(0, 5, (32, 1), generator=generator)
        y = (torch.arange(6) > place).float().flatten()
        x = (torch.arange(6) == place).float().flatten()[:, None]
        loss = torch.nn.functional.binary_cross_entropy_with_logits(V(gnn(x, edges)).squeeze(-1), y)
        adam.zero_grad()
        loss.backward()
        adam.step()
    accuracy = ((V(gnn(x, edges)).squeeze(-1) > 0) == (y > 0)).float().mean()
    assert accuracy > 0.95


@pytest.mark.errors
def test_what_is_refused():
    for name, value, wants in [
        ("input_size", 0, "a whole number of at least 1"),
        ("hidden_size", 0, "a whole number of at least 1"),
        ("edge_size", -1, "a whole number of at least 0"),
        ("most", 0, "a whole number of at least 1"),
        ("bound", 1.0, r"a number in \(0, 1\)"),
        ("bound", 0.0, r"a number in \(0, 1\)"),
        ("tolerance", 0.0, "a finite number above 0"),
    ]:
        with pytest.raises(ValueError, match=f"FixedPointGNN: {name} must be {wants}, got {value}"):
            FixedPointGNN(**{"input_size": 3, "hidden_size": 4} | {name: value})
    gnn, x = network(), features(3)
    with pytest.raises(ShapeError, match=r"x must have shape \[N, 3\] \(input_size=3\), got \[6, 2\]"):
        gnn(features(2), EDGES)
    with pytest.raises(
        ShapeError, match=r"e must have shape \[E, 0\] \(edge_size=0; none for 0\), got \[9, 2\]"
    ):
        gnn(x, EDGES, random(9, 2))
    with pytest.raises(ShapeError, match=r"e must have shape \[E, 2\] \(edge_size=2; none for 0\), got none"):
        network(edge_size=2)(x, EDGES)
    with pytest.raises(ShapeError, match=r"e must have shape \[9, 2\] \(one row an edge\), got \[8, 2\]"):
        network(edge_size=2)(x, EDGES, random(8, 2))
    with pytest.raises(TypeError, match=r"x must be torch.float64 like the weights, got torch.float32"):
        gnn(x.float(), EDGES)
    with pytest.raises(ValueError, match="edge_index must lie in"):
        gnn(x, EDGES + 2)
