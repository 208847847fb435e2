"""Gradient norms against the Jacobians, finite differences, and their errors."""

import pytest
import torch
from torch import nn

from seqgraph.core import flatten_state, map_state, unflatten_state
from seqgraph.diagnostics import gradient_norms, state_jacobians
from seqgraph.recurrent import LSTMCell, Recurrent, SRNCell, VariationalDropout
from tests.checks.numbers import DEVICES, TIGHT, fill, random, same_bits
from tests.seqgraph.diagnostics.cells import CELLS, EVERY_CELL, H, I

B, T = 2, 6


def last_sum(outputs):
    return (outputs[:, -1] * random(H, seed=5).to(outputs)).sum()


@EVERY_CELL
def test_it_is_the_gradient_at_the_end_carried_back_by_the_jacobians(name):
    cell, x = fill(CELLS[name]().double()), random(B, T, I)
    torch.manual_seed(4)
    state = cell.initial_state(x)
    norms = gradient_norms(cell, x, last_sum, state)
    assert norms.shape == (B, T + 1)
    for b in range(B):
        own = map_state(lambda tensor, b=b: tensor[b : b + 1], state)
        jacobians = state_jacobians(cell, x[b], own)
        at_end = torch.zeros_like(own_flat := flatten_state(own)).requires_grad_()
        hidden = cell.hidden(unflatten_state(at_end + own_flat, own))
        (v,) = torch.autograd.grad((hidden * random(H, seed=5)).sum(), at_end)
        expected = (v @ jacobians)[:, 0].norm(dim=1)
        assert (norms[b] - expected).abs().max() <= TIGHT


def test_every_output_counts():
    """With a loss on all outputs the last entry is the direct gradient alone, the others hold more."""
    cell, x = SRNCell(I, H).double(), random(B, T, I)
    norms = gradient_norms(cell, x, torch.Tensor.sum)
    assert (norms[:, -1] - H**0.5).abs().max() <= TIGHT
    outputs = Recurrent(cell)(x)[0]
    direct = torch.autograd.grad(outputs.sum(), outputs)[0].norm(dim=2)
    assert not torch.allclose(norms[:, 1:-1], direct[:, :-1])


def test_it_matches_finite_differences_at_the_start():
    cell, x, step = LSTMCell(I, H).double(), random(1, T, I), 1e-6
    state = map_state(lambda tensor: random(*tensor.shape, seed=3), cell.initial_state(x))
    flat, slopes = flatten_state(state), []
    for number in range(flat.shape[1]):
        values = []
        for sign in (1, -1):
            moved = flat.clone()
            moved[0, number] += sign * step
            values.append(last_sum(Recurrent(cell)(x, unflatten_state(moved, state))[0]).item())
        slopes.append((values[0] - values[1]) / (2 * step))
    norm = torch.tensor(slopes, dtype=torch.float64).norm()
    assert abs(gradient_norms(cell, x, last_sum, state)[0, 0] / norm - 1) <= 1e-6


def test_gradients_of_the_weights_stay_and_no_grad_is_no_hindrance():
    cell, x = SRNCell(I, H).double(), random(B, T, I)
    cell.U.weight.grad = torch.ones(H, H, dtype=torch.float64)
    with torch.no_grad():
        norms = gradient_norms(cell, x, last_sum)
        assert not torch.is_grad_enabled()
    assert not norms.requires_grad
    assert cell.W.weight.grad is None
    assert same_bits(cell.U.weight.grad, torch.ones(H, H, dtype=torch.float64))
    cell.requires_grad_(False)
    assert (gradient_norms(cell, x, last_sum) - norms).abs().max() <= TIGHT


def test_steps_after_the_last_output_that_counts_get_no_gradient():
    norms = gradient_norms(LSTMCell(I, H).double(), random(B, T, I), lambda outputs: outputs[:, 1].sum())
    assert torch.count_nonzero(norms[:, 3:]) == 0
    assert torch.count_nonzero(norms[:, :3]) == 3 * B


def test_nan_stays_in_its_sequence():
    x = random(B, T, I)
    x[0, 2] = float("nan")
    norms = gradient_norms(SRNCell(I, H).double(), x, torch.Tensor.sum)
    assert norms[0].isnan().any()
    assert norms[1].isfinite().all()


@pytest.mark.parametrize("device", DEVICES)
def test_devices(device):
    cell = VariationalDropout(LSTMCell(I, H), 0.5).to(device)
    norms = gradient_norms(cell, torch.zeros(B, T, I, device=device), last_sum)
    assert norms.device.type == torch.device(device).type
    assert norms.dtype == torch.float32


@pytest.mark.errors
@pytest.mark.parametrize(
    "loss",
    [lambda outputs: outputs.sum(dim=1), lambda outputs: 3.0, lambda outputs: outputs.detach().sum()],
)
def test_a_wrong_loss_is_refused(loss):
    with pytest.raises(ValueError, match="gradient_norms: loss must return one number that depends on"):
        gradient_norms(SRNCell(I, H), torch.zeros(B, T, I), loss)


@pytest.mark.errors
def test_wrong_arguments_are_refused():
    cell = SRNCell(I, H)
    with pytest.raises(ValueError, match=r"gradient_norms: x must have shape \[B, T, 3\] \(input_size=3\)"):
        gradient_norms(cell, torch.zeros(T, I), last_sum)
    with pytest.raises(ValueError, match="No axis may be empty"):
        gradient_norms(cell, torch.zeros(B, 0, I), last_sum)
    with pytest.raises(TypeError, match=r"x must be torch.float32 like the weights, got torch.float64"):
        gradient_norms(cell, random(B, T, I), last_sum)
    with pytest.raises(TypeError, match="cell must be a recurrent cell, got LSTM"):
        gradient_norms(nn.LSTM(I, H), torch.zeros(B, T, I), last_sum)
    with pytest.raises(ValueError, match=r"h must have shape \[2, 4\]"):
        gradient_norms(cell, torch.zeros(B, T, I), last_sum, cell.initial_state(torch.zeros(1, I)))
