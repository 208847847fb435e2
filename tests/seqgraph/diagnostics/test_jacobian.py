"""Jacobians through time against autograd through the whole loop, for every cell and nested wrapper."""

import copy
import math

import pytest
import torch
from torch import nn

from seqgraph.core import flatten_state, unflatten_state
from seqgraph.diagnostics import jacobian_norms, state_jacobians
from seqgraph.recurrent import LSTMCell, SRNCell, VariationalDropout
from tests.checks.numbers import DEVICES, TIGHT, fill, gap, random, same_bits
from tests.seqgraph.diagnostics.cells import CELLS, EVERY_CELL, H, I

T = 6


def starting(cell):
    torch.manual_seed(4)
    return cell.initial_state(random(1, I))


def whole_loop(cell, x, state, t):
    """d s_T / d s_t by reverse mode through all steps from t on."""
    with torch.no_grad():
        for values in x[:t]:
            _, state = cell(values[None], state)

    def last(flat):
        after = unflatten_state(flat[None], state)
        for values in x[t:]:
            _, after = cell(values[None], after)
        return flatten_state(after)[0]

    return torch.autograd.functional.jacobian(last, flatten_state(state)[0])


@EVERY_CELL
def test_the_product_is_the_derivative_of_the_whole_loop(name):
    cell, x = fill(CELLS[name]().double()), random(T, I, seed=9)
    state = starting(cell)
    jacobians = state_jacobians(cell, x, state)
    size = flatten_state(state).shape[1]
    assert jacobians.shape == (T + 1, size, size)
    assert same_bits(jacobians[-1], torch.eye(size, dtype=torch.float64))
    for t in range(T + 1):
        assert (jacobians[t] - whole_loop(cell, x, state, t)).abs().max() <= TIGHT


@EVERY_CELL
def test_cell_and_arguments_stay_as_they_were(name):
    cell, x = fill(CELLS[name]().double()), random(T, I)
    state = starting(cell)
    before = copy.deepcopy((cell.state_dict(), x, flatten_state(state)))
    jacobians = state_jacobians(cell, x.requires_grad_(), state)
    assert not jacobians.requires_grad
    assert cell.training
    assert x.grad is None
    assert all(parameter.grad is None and parameter.requires_grad for parameter in cell.parameters())
    assert all(same_bits(cell.state_dict()[key], value) for key, value in before[0].items())
    assert same_bits(x, before[1])
    assert same_bits(flatten_state(state), before[2])


def test_without_a_state_it_starts_from_the_initial_one():
    cell, x = LSTMCell(I, H).double(), random(T, I)
    assert gap(state_jacobians(cell, x), state_jacobians(cell, x, cell.initial_state(x[:1]))) <= TIGHT


def test_by_hand():
    """s_t = tanh(x_t + s_{t-1} / 2): each factor is (1 - s_t^2) / 2."""
    cell = SRNCell(1, 1, bias=False).double()
    with torch.no_grad():
        cell.W.weight.fill_(1.0)
        cell.U.weight.fill_(0.5)
    first = math.tanh(0.3)
    second = math.tanh(-0.2 + first / 2)
    factors = [(1 - first**2) / 2, (1 - second**2) / 2]
    expected = [factors[0] * factors[1], factors[1], 1.0]
    found = state_jacobians(cell, torch.tensor([[0.3], [-0.2]], dtype=torch.float64)).flatten().tolist()
    assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) <= TIGHT


def test_masks_of_variational_dropout_come_last_and_stay_fixed():
    cell = VariationalDropout(SRNCell(I, H), 0.5).double()
    state = starting(cell)
    assert same_bits(flatten_state(state)[0, H:], torch.cat([state.input_mask, state.hidden_mask], 1)[0])
    jacobians = state_jacobians(cell, random(T, I), state)
    identity = torch.eye(I + H, dtype=torch.float64).expand(T + 1, -1, -1)
    assert gap(jacobians[:, H:, H:], identity) <= TIGHT
    dropped = state.hidden_mask[0] == 0
    assert 0 < dropped.sum() < H
    assert torch.count_nonzero(jacobians[:-1, :H, :H][:, :, dropped]) == 0


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_dtype_and_device_are_the_cells(device, dtype):
    cell = LSTMCell(I, H).to(device, dtype)
    jacobians = state_jacobians(cell, torch.zeros(T, I, dtype=dtype, device=device))
    assert (jacobians.dtype, jacobians.device.type) == (dtype, torch.device(device).type)


def test_nan_reaches_all_but_the_last():
    x = random(T, I)
    x[T // 2] = float("nan")
    jacobians = state_jacobians(LSTMCell(I, H).double(), x)
    assert jacobians[:-1].isnan().flatten(1).any(1).all()
    assert jacobians[-1].isfinite().all()
    assert jacobian_norms(jacobians).isnan().tolist() == [True] * T + [False]


def test_norms_are_singular_values_and_sums():
    some = random(3, 4, 4)
    gram = some.mT @ some
    assert (jacobian_norms(some) - torch.linalg.eigvalsh(gram)[:, -1].sqrt()).abs().max() <= TIGHT
    assert (jacobian_norms(some, "fro") - some.square().sum((1, 2)).sqrt()).abs().max() <= TIGHT
    assert (jacobian_norms(some, math.inf) - some.abs().sum(2).amax(1)).abs().max() <= TIGHT


def test_norms_tell_overflow_from_nan():
    some = torch.ones(3, 2, 2)
    some[1, 0, 1], some[2, 1, 1] = -math.inf, math.nan
    norms = jacobian_norms(some)
    assert abs(norms[0] - 2) < 1e-6
    assert norms[1] == math.inf
    assert norms[2].isnan()


@pytest.mark.errors
@pytest.mark.parametrize(
    ("x", "kind", "message"),
    [
        (
            random(T, 2),
            ValueError,
            r"state_jacobians: x must have shape \[T, 3\] \(input_size=3\), got \[6, 2\]",
        ),
        (random(1, T, I), ValueError, r"x must have shape \[T, 3\] .*, got \[1, 6, 3\]"),
        (random(0, I), ValueError, r"got \[0, 3\]. No axis may be empty"),
        (random(T, I).float(), TypeError, r"x must be torch.float64 like the weights, got torch.float32"),
        (torch.zeros(T, I, dtype=torch.long), TypeError, r"like the weights, got torch.int64"),
        ([[0.0] * I], TypeError, r"x must be a torch.Tensor, got list"),
    ],
)
def test_a_wrong_sequence_is_refused(x, kind, message):
    with pytest.raises(kind, match=message):
        state_jacobians(SRNCell(I, H).double(), x)


@pytest.mark.errors
def test_a_wrong_cell_or_state_is_refused():
    cell, x = SRNCell(I, H).double(), random(T, I)
    with pytest.raises(TypeError, match="state_jacobians: cell must be a recurrent cell, got RNN"):
        state_jacobians(nn.RNN(I, H), x)
    with pytest.raises(ValueError, match=r"h must have shape \[1, 4\]"):
        state_jacobians(cell, x, cell.initial_state(random(2, I)))
    with pytest.raises(TypeError, match="state must be a HiddenState, got LSTMState"):
        state_jacobians(cell, x, LSTMCell(I, H).initial_state(random(1, I)))


@pytest.mark.errors
@pytest.mark.parametrize("shape", [(3, 3), (2, 3, 4), (0, 3, 3), (2, 0, 0)])
def test_norms_need_square_matrices(shape):
    with pytest.raises(ValueError, match=r"jacobian_norms: jacobians must have shape \[N, "):
        jacobian_norms(torch.zeros(shape))


@pytest.mark.errors
def test_norms_need_a_tensor():
    with pytest.raises(TypeError, match=r"jacobians must be a torch.Tensor, got list"):
        jacobian_norms([])
