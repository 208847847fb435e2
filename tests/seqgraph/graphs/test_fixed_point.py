"""The fixed point: against dense algebra, finite differences and unrolling; what does not rest says so."""

import copy
import pickle

import pytest
import torch

from seqgraph.core import ShapeError, segment_sum
from seqgraph.diagnostics import finite_differences, saved_bytes
from seqgraph.graphs import NotConverged, fixed_point
from tests.checks.numbers import DEVICES, TIGHT, TIGHT32, gap, random, same_bits

N, H = 6, 3


def linear():
    """A x + B with a largest absolute row sum of 0.7."""
    A = random(N, N)
    A = (0.7 * A / A.abs().sum(1).max()).requires_grad_()
    return A, random(N, H, seed=1).requires_grad_()


def curved():
    """tanh of a contraction, with all that it closes over: a weight, an input, something computed."""
    U, x = (0.3 * random(H, H)).requires_grad_(), random(N, H, seed=1).requires_grad_()
    scale = random(H, seed=2).abs().requires_grad_()
    return (U, x, scale), lambda h: torch.tanh(h @ U + x * scale.sqrt()) / 2


def slopes(state, tensors):
    return torch.autograd.grad((state * random(*state.shape, seed=9)).sum(), tensors)


def test_the_linear_case_is_solve_and_so_are_its_gradients():
    A, B = linear()
    found = fixed_point(lambda h: A @ h + B, torch.zeros_like(B), tolerance=1e-15)
    solved = torch.linalg.solve(torch.eye(N, dtype=torch.float64) - A, B)
    assert gap(found.state, solved) <= TIGHT
    assert gap(slopes(found.state, (A, B)), slopes(solved, (A, B))) <= TIGHT


@pytest.mark.parametrize("tolerance", [1e-4, 1e-8, 1e-12])
def test_error_and_residual_are_of_the_size_of_the_tolerance(tolerance):
    A, B = linear()
    found = fixed_point(lambda h: A @ h + B, torch.zeros_like(B), tolerance)
    assert found.residual <= tolerance
    solved = torch.linalg.solve(torch.eye(N, dtype=torch.float64) - A, B)
    assert gap(found.state, solved) <= tolerance * 0.7 / 0.3
    assert gap((A @ found.state + B), found.state) <= tolerance


def test_gradients_are_finite_differences_in_every_tensor_that_step_closes_over():
    tensors, step = curved()
    start = torch.zeros(N, H, dtype=torch.float64)
    exact = slopes(fixed_point(step, start, tolerance=1e-14).state, tensors)
    weights = random(N, H, seed=9)
    pushed = finite_differences(lambda: (fixed_point(step, start, 1e-14).state * weights).sum(), tensors)
    assert gap(exact, tuple(pushed)) <= 1e-6


def test_gradients_are_the_limit_of_unrolling():
    tensors, step = curved()
    implicit = slopes(fixed_point(step, torch.zeros(N, H, dtype=torch.float64), 1e-15).state, tensors)
    gaps = []
    for depth in (1, 3, 10, 60):
        h = torch.zeros(N, H, dtype=torch.float64)
        for _ in range(depth):
            h = step(h)
        gaps.append(gap(slopes(h, tensors), implicit))
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] > 1e-2
    assert gaps[-1] <= TIGHT


def test_the_state_is_the_same_with_and_without_a_graph_and_counts_its_steps():
    _, step = curved()
    calls = []

    def counting(h):
        calls.append(h)
        return step(h)

    start = torch.zeros(N, H, dtype=torch.float64)
    with torch.no_grad():
        silent = fixed_point(counting, start)
    assert silent.steps == len(calls)
    loud = fixed_point(step, start)
    assert gap(silent.state, loud.state) <= TIGHT
    assert (silent.steps, silent.state.requires_grad, loud.state.requires_grad) == (loud.steps, False, True)
    assert fixed_point(lambda h: h / 2, start + 1).state.requires_grad is False


def test_the_start_neither_matters_nor_changes_nor_gets_a_gradient():
    _, step = curved()
    start = random(N, H, seed=5).requires_grad_()
    kept = start.detach().clone()
    found = fixed_point(step, start, 1e-14)
    assert gap(found.state, fixed_point(step, torch.zeros_like(start), 1e-14).state) <= TIGHT
    found.state.sum().backward()
    assert start.grad is None
    assert same_bits(start.detach(), kept)


def test_the_gradient_of_the_state_itself_is_the_plain_one_and_the_state_may_be_changed():
    tensors, step = curved()
    state = fixed_point(step, torch.zeros(N, H, dtype=torch.float64)).state
    (plain,) = torch.autograd.grad((3 * state).sum(), state)
    assert gap(plain, torch.full_like(state, 3.0)) <= TIGHT
    tensors[0].grad = None
    one, two = (fixed_point(step, torch.zeros(N, H, dtype=torch.float64)).state for _ in range(2))
    one.mul_(2)
    assert gap(slopes(one, tensors), slopes(2 * two, tensors)) <= TIGHT


def test_called_and_asked_twice():
    A, B = linear()
    first, second = (fixed_point(lambda h: A @ h + B, torch.zeros_like(B), 1e-14) for _ in range(2))
    assert same_bits(first.state, second.state)
    loss = first.state.square().sum()
    one, two = (torch.autograd.grad(loss, (A, B), retain_graph=True) for _ in range(2))
    assert same_bits(one, two)
    torch.autograd.grad(loss, (A, B))
    with pytest.raises(RuntimeError, match="second time"):
        torch.autograd.grad(loss, (A, B))


def test_fixed_points_in_a_row_and_inside_each_other():
    A, B = linear()
    inner = fixed_point(lambda h: A @ h + B, torch.zeros_like(B), 1e-15).state
    outer = fixed_point(lambda h: A @ torch.tanh(h) + inner, torch.zeros_like(B), 1e-15).state
    slope = slopes(outer, (A, B))
    h = g = torch.zeros_like(B)
    for _ in range(200):
        h = A @ h + B
    for _ in range(200):
        g = A @ torch.tanh(g) + h
    assert gap(slope, slopes(g, (A, B))) <= TIGHT


def test_memory_does_not_grow_with_the_steps():
    A, B = linear()

    def kept(tolerance):
        run = lambda: fixed_point(lambda h: torch.tanh(A @ h + B), torch.zeros_like(B), tolerance).state  # noqa: E731
        return saved_bytes(run, besides=[A, B])

    assert kept(1e-13) == kept(1e-2)


def test_the_scale_of_the_loss_does_not_change_the_gradients_digits():
    tensors, step = curved()
    one, two = (fixed_point(step, torch.zeros(N, H, dtype=torch.float64), 1e-12).state for _ in range(2))
    plain, tiny = slopes(one, tensors), slopes(1e-12 * two, tensors)
    assert gap(tuple(1e12 * part for part in tiny), plain) <= 1e-10


def test_no_gradient_comes_and_nothing_depends_on_the_state():
    B = random(N, H).requires_grad_()
    state = fixed_point(lambda h: 2 * B, torch.zeros_like(B)).state
    assert gap(torch.autograd.grad(state.sum(), B)[0], torch.full_like(B, 2.0)) <= TIGHT
    state = fixed_point(lambda h: h / 2 + B, torch.zeros_like(B)).state
    assert torch.count_nonzero(torch.autograd.grad((0 * state).sum(), B)[0]) == 0


def test_an_empty_state():
    B = torch.zeros(0, H, requires_grad=True)
    found = fixed_point(lambda h: h / 2 + B, torch.zeros(0, H))
    assert (found.state.shape, found.steps, found.residual) == ((0, H), 1, 0.0)
    found.state.sum().backward()


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize(("dtype", "close"), [(torch.float64, 1e-7), (torch.float32, 10 * TIGHT32)])
@pytest.mark.parametrize("size", [1.0, 1e4])
def test_single_precision_comes_to_rest_at_its_roundings(dtype, close, size, device):
    """The tolerance of 1e-8 cannot be met by numbers of 1e4 that are rounded to 1e-3."""
    A, B = (part.detach() for part in linear())
    A, B = A.to(device, dtype).requires_grad_(), (size * B).to(device, dtype)
    found = fixed_point(lambda h: A @ h + B, torch.zeros_like(B))
    assert (found.state.dtype, found.state.device.type) == (dtype, device)
    solved = torch.linalg.solve(torch.eye(N, dtype=torch.float64) - A.double().cpu(), B.double().cpu())
    assert gap(found.state.double().cpu() / size, solved / size) <= close
    (slope,) = torch.autograd.grad(found.state.sum() / size, A)
    wanted = (
        torch.linalg.solve(
            torch.eye(N, dtype=torch.float64) - A.double().cpu().T, torch.ones(N, H, dtype=torch.float64)
        )
        @ (solved / size).T
    )
    assert gap(slope.double().cpu(), wanted) <= 100 * close


@pytest.mark.parametrize(
    ("step", "steps", "finite"),
    [
        (lambda h: 1 - h, 50, True),  # goes to and fro for ever
        (lambda h: h + 1, 50, True),
        (lambda h: 2 * h + 1, 50, True),
        (lambda h: 1e200 * (h + 1), 2, False),
        (lambda h: h * float("nan"), 1, False),
        (lambda h: h + float("inf"), 1, False),
        (lambda h: torch.full_like(h, float("nan")), 1, False),
    ],
    ids=["swings", "drifts", "doubles", "overflows", "nan", "infinite", "always nan"],
)
def test_what_does_not_come_to_rest_raises(step, steps, finite):
    with pytest.raises(NotConverged, match="the state did not come to rest in") as caught:
        fixed_point(step, torch.zeros(N, H, dtype=torch.float64), most=50)
    error = caught.value
    assert (error.way, error.steps) == ("forward", steps)
    assert isinstance(error, RuntimeError)
    if finite:
        assert error.residual >= 1
    else:
        assert not error.residual < float("inf")


def test_an_infinite_start_is_no_rest():
    start = torch.full((2,), float("inf"), dtype=torch.float64)
    with pytest.raises(NotConverged):
        fixed_point(lambda h: h, start)


def test_the_way_back_raises_likewise():
    w = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
    state = fixed_point(lambda h: w * h, torch.zeros(3, dtype=torch.float64)).state  # rests on a tip
    with pytest.raises(NotConverged, match="the gradient did not come to rest in 200 steps") as caught:
        state.sum().backward()
    assert caught.value.way == "backward"
    w = torch.tensor(0.9, dtype=torch.float64, requires_grad=True)
    state = fixed_point(lambda h: w * h, torch.zeros(3, dtype=torch.float64), most=20).state
    with pytest.raises(NotConverged, match="in 20 steps"):
        state.sum().backward()
    state = fixed_point(lambda h: w * h / 2, torch.zeros(3, dtype=torch.float64)).state
    with pytest.raises(NotConverged, match="nan"):
        (state * float("nan")).sum().backward()


def test_the_error_can_be_copied():
    error = NotConverged("forward", 3, 0.5, 1e-8)
    for other in (copy.deepcopy(error), pickle.loads(pickle.dumps(error))):
        assert (str(other), other.steps, other.residual) == (str(error), 3, 0.5)


def test_a_second_derivative_is_refused():
    A, B = linear()
    state = fixed_point(lambda h: A @ h + B, torch.zeros_like(B)).state
    with pytest.raises(RuntimeError, match="only first derivatives"):
        torch.autograd.grad(state.sum(), A, create_graph=True)


def test_graphs_too_small_to_speak_and_large_ones_with_edges():
    """The state of a node is half the sum over its senders plus its input: dense algebra, E = 0, alone."""
    for edges in (torch.tensor([[0, 1, 3], [1, 2, 3]]), torch.zeros(2, 0, dtype=torch.int64)):
        x = random(5, 2).requires_grad_()

        def step(h, edges=edges, x=x):
            return segment_sum(h[edges[0]], edges[1], 5) / 2 + x

        P = torch.zeros(5, 5, dtype=torch.float64)
        P[edges[1], edges[0]] = 0.5
        state = fixed_point(step, torch.zeros_like(x), 1e-15).state
        solved = torch.linalg.solve(torch.eye(5, dtype=torch.float64) - P, x)
        assert gap((state, *slopes(state, (x,))), (solved, *slopes(solved, (x,)))) <= TIGHT


@pytest.mark.errors
def test_what_is_refused():
    start = torch.zeros(2, 3)
    with pytest.raises(ValueError, match="tolerance must be a finite number above 0, got 0"):
        fixed_point(lambda h: h, start, tolerance=0)
    with pytest.raises(ValueError, match="most must be a whole number of at least 1, got 0"):
        fixed_point(lambda h: h, start, most=0)
    with pytest.raises(TypeError, match=r"start must be a floating-point tensor, got torch.int64"):
        fixed_point(lambda h: h, start.long())
    with pytest.raises(TypeError, match="start must be a floating-point tensor, got list"):
        fixed_point(lambda h: h, [0.0])
    with pytest.raises(ShapeError, match=r"what step returns must have shape \[2, 3\] \(as the state\)"):
        fixed_point(lambda h: h.sum(1), start)
    with pytest.raises(TypeError, match=r"step must return torch.float32, got torch.float64"):
        fixed_point(lambda h: h.double(), start)
    with pytest.raises(TypeError, match=r"what step returns must be a torch.Tensor, got float"):
        fixed_point(lambda h: 0.0, start)
