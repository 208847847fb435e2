"""Real-time recurrent learning against backpropagation, step by step."""

import pytest
import torch

from seqgraph.computation import RTRL, SRNGradients, bptt
from seqgraph.recurrent import GRUCell, SRNCell
from tests.checks.numbers import DEVICES, TIGHT, random
from tests.seqgraph.computation.passes import B, H, I, T, autograd, one_pass, relative, step_losses


def run(cell, x, direct):
    forward, parts = RTRL(cell, len(x)), []
    for x_t, direct_t in zip(x.unbind(1), direct.unbind(1), strict=True):
        forward.step(x_t)
        parts.append(forward.gradients(direct_t))
    return parts


@pytest.mark.parametrize("T", [2, 7, 30])
def test_the_sum_is_bptt_and_autograd(T):
    cell, x, h, direct = one_pass(T)
    total = SRNGradients(*(sum(parts) for parts in zip(*run(cell, x, direct), strict=True)))
    assert relative(total, bptt(cell, x, h, direct)) <= TIGHT
    assert relative(total, autograd(cell, x)) <= TIGHT


def test_each_step_has_the_whole_gradient_of_its_loss():
    cell, x, _, direct = one_pass()
    for t, part in enumerate(run(cell, x, direct)):
        expected = autograd(cell, x, lambda states, t=t: step_losses(states)[t])
        assert all((a - b).abs().max() <= TIGHT for a, b in zip(part, expected, strict=True))


def test_the_states_are_the_cells():
    cell, x, h, _ = one_pass()
    forward = RTRL(cell, B)
    for t, x_t in enumerate(x.unbind(1), start=1):
        assert (forward.step(x_t) - h[:, t]).abs().max() <= TIGHT


def test_P_is_the_derivative_of_the_state():
    cell, x, _, _ = one_pass()
    forward = RTRL(cell, B)
    for x_t in x.unbind(1):
        forward.step(x_t)

    def last(theta):
        W, U, b = theta.split([I, H, 1], dim=1)
        h = torch.zeros(B, H, dtype=torch.float64)
        for x_t in x.unbind(1):
            h = torch.tanh(x_t @ W.T + h @ U.T + b.T)
        return h

    theta = torch.cat([cell.W.weight, cell.U.weight, cell.W.bias[:, None]], 1).detach()
    assert (forward.P - torch.autograd.functional.jacobian(last, theta)).abs().max() <= TIGHT


def test_memory_does_not_grow_with_time():
    cell, x, _, _ = one_pass(40)
    forward = RTRL(cell, B)
    assert forward.P.shape == (B, H, H, I + H + 1)
    for x_t in x.unbind(1):
        forward.step(x_t)
    assert forward.P.shape == (B, H, H, I + H + 1)
    assert forward.P.untyped_storage().nbytes() == forward.P.numel() * 8


def test_a_cell_without_bias():
    cell = SRNCell(I, H, bias=False).double()
    x = random(B, T, I)
    parts = run(cell, x, torch.ones(B, T, H, dtype=torch.float64))
    (torch.func.functional_call(cell, {}, (x[:, 0], None))[0]).sum().backward()
    assert relative([parts[0].W], [cell.W.weight.grad]) <= TIGHT


@pytest.mark.parametrize("device", DEVICES)
def test_it_runs_where_the_cell_is(device):
    forward = RTRL(SRNCell(I, H).to(device), B)
    h = forward.step(torch.ones(B, I, device=device))
    assert forward.gradients(h).W.device.type == torch.device(device).type


@pytest.mark.errors
def test_what_does_not_fit_is_refused():
    with pytest.raises(TypeError, match="RTRL: cell must be an SRNCell, got GRUCell"):
        RTRL(GRUCell(I, H))
    with pytest.raises(ValueError, match="RTRL: batch_size must be a whole number of at least 1, got 0"):
        RTRL(SRNCell(I, H), 0)
    forward = RTRL(SRNCell(I, H), B)
    with pytest.raises(ValueError, match=r"RTRL: x must have shape \[3, 2\] \(input_size=2\), got \[2, 2\]"):
        forward.step(torch.zeros(2, I))
    with pytest.raises(TypeError, match=r"RTRL: x must be torch\.float32"):
        forward.step(torch.zeros(B, I, dtype=torch.float64))
    with pytest.raises(ValueError, match=r"RTRL: direct must have shape .*\(hidden_size=4\), got \[3, 3\]"):
        forward.gradients(torch.zeros(B, 3))
