"""Backpropagation through time against autograd, finite differences and numbers by hand."""

import math

import pytest
import torch

from seqgraph.computation import bptt, bptt_double_sum, srn_states
from seqgraph.recurrent import LSTMCell, SRNCell
from tests.checks.numbers import DEVICES, TIGHT, random
from tests.seqgraph.computation.passes import (
    B,
    H,
    I,
    T,
    autograd,
    loss_slopes,
    one_pass,
    relative,
    step_losses,
)


@pytest.mark.parametrize("T", [1, 2, 7, 40])
def test_it_is_autograd(T):
    cell, x, h, direct = one_pass(T)
    assert relative(bptt(cell, x, h, direct)[::2], autograd(cell, x)[::2]) <= TIGHT  # W and b
    assert (bptt(cell, x, h, direct).U - autograd(cell, x)[1]).norm() <= TIGHT * max(1, T)


def test_it_is_the_finite_difference():
    cell, x, h, direct = one_pass()
    found, step = bptt(cell, x, h, direct), 1e-6

    def total() -> float:
        return step_losses(srn_states(cell, x)[:, 1:]).sum().item()

    for weight, gradient in zip((cell.W.weight, cell.U.weight, cell.W.bias), found, strict=True):
        numeric = torch.zeros_like(gradient)
        with torch.no_grad():
            for place in range(weight.numel()):
                entry = weight.view(-1)[place : place + 1]
                entry.add_(step)
                above = total()
                entry.sub_(2 * step)
                numeric.view(-1)[place] = (above - total()) / (2 * step)
                entry.add_(step)
        assert (numeric - gradient).norm() <= 1e-6 * gradient.norm()


def test_three_steps_of_one_unit_by_hand():
    """The loss is h_3: its error terms go back through one slope and one factor of 0.5 a step."""
    cell = SRNCell(1, 1).double()
    with torch.no_grad():
        cell.W.weight.fill_(1.0)
        cell.U.weight.fill_(0.5)
        cell.W.bias.zero_()
    x = torch.tensor([[[0.3], [-0.2], [0.1]]], dtype=torch.float64)
    h = srn_states(cell, x)
    direct = torch.tensor([[[0.0], [0.0], [1.0]]], dtype=torch.float64)
    h1 = math.tanh(0.3)
    h2 = math.tanh(-0.2 + h1 / 2)
    h3 = math.tanh(0.1 + h2 / 2)
    d3 = 1 - h3**2
    d2 = (1 - h2**2) * d3 / 2
    d1 = (1 - h1**2) * d2 / 2
    found = bptt(cell, x, h, direct)
    assert abs(found.W.item() - (0.3 * d1 - 0.2 * d2 + 0.1 * d3)) <= TIGHT
    assert abs(found.U.item() - (h1 * d2 + h2 * d3)) <= TIGHT
    assert abs(found.b.item() - (d1 + d2 + d3)) <= TIGHT


def test_a_start_that_is_not_zero_counts_in_U():
    cell, x, _, _ = one_pass()
    start = random(B, H, seed=9)
    h = srn_states(cell, x, start)
    found = bptt(cell, x, h, loss_slopes(h))
    state = start
    outputs = []
    for x_t in x.unbind(1):
        state = torch.tanh(cell.W(x_t) + cell.U(state))
        outputs.append(state)
    step_losses(torch.stack(outputs, 1)).sum().backward()
    assert relative(found, [cell.W.weight.grad, cell.U.weight.grad, cell.W.bias.grad]) <= TIGHT


def test_the_batch_is_summed():
    cell, x, h, direct = one_pass()
    alone = [bptt(cell, x[b : b + 1], h[b : b + 1], direct[b : b + 1]) for b in range(B)]
    assert relative(bptt(cell, x, h, direct), [sum(parts) for parts in zip(*alone, strict=True)]) <= TIGHT


def test_gradients_go_where_an_optimiser_looks():
    cell, x, h, direct = one_pass()
    found = bptt(cell, x, h, direct)
    found.put_into(cell)
    assert cell.W.weight.grad is found.W
    assert cell.U.weight.grad is found.U
    assert cell.W.bias.grad is found.b
    bare = SRNCell(I, H, bias=False).double()
    found.put_into(bare)
    assert bare.U.weight.grad is found.U


def test_a_tiny_network_learns_without_autograd():
    """Repeat the input of two steps ago: only the way through time can teach it."""
    torch.manual_seed(0)
    cell, V = SRNCell(1, 8).double(), torch.nn.Linear(8, 1).double()
    x = random(16, 10, 1, seed=1).sign()
    adam = torch.optim.Adam([*cell.parameters(), V.weight], lr=0.02)
    losses = []
    for _ in range(150):
        with torch.no_grad():
            h = srn_states(cell, x)
            error = h[:, 1:] @ V.weight.T - x.roll(2, dims=1)
            error[:, :2] = 0
            losses.append(error.square().mean().item())
            bptt(cell, x, h, error @ V.weight / len(x)).put_into(cell)
            V.weight.grad = torch.einsum("btc,bth->ch", error, h[:, 1:]) / len(x)
            adam.step()
    assert losses[-1] < 0.05 * losses[0]


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_dtype_and_device_are_the_cells(device, dtype):
    cell = SRNCell(I, H).to(device, dtype)
    x = torch.ones(B, T, I, dtype=dtype, device=device)
    h = srn_states(cell, x)
    found = bptt(cell, x, h, h[:, 1:])
    assert (found.U.dtype, found.U.device.type) == (dtype, torch.device(device).type)


@pytest.mark.errors
@pytest.mark.parametrize("function", [bptt, bptt_double_sum])
def test_what_does_not_fit_is_refused(function):
    cell, x, h, direct = one_pass()
    who = function.__name__
    for wrong, kind, message in [
        ((LSTMCell(I, H), x, h, direct), TypeError, "cell must be an SRNCell, got LSTMCell"),
        ((cell, x[..., :1], h, direct), ValueError, r"x must have shape \[B, T, 2\] \(input_size=2\)"),
        ((cell, x.float(), h, direct), TypeError, "x must be torch.float64"),
        ((cell, x, h[:, 1:], direct), ValueError, r"direct must have shape \[3, 6, 4\]"),
        ((cell, x[:, 1:], h, direct), ValueError, r"h must have shape \[3, 7, 4\] \(one state a step of x"),
        ((cell, x, h, direct[..., :2]), ValueError, r"direct must have shape \[B, T, 4\]"),
        ((cell, x, h[..., 0], direct), ValueError, r"h must have shape \[B, T \+ 1, 4\]"),
        ((cell, x, h, direct.float()), TypeError, "direct must be torch.float64"),
        ((cell, x, h.float(), direct), TypeError, "h must be torch.float64"),
    ]:
        with pytest.raises(kind, match=f"{who}: {message}"):
            function(*wrong)
