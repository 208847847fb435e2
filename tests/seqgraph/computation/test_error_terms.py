"""Each error term against autograd and against the Jacobians of the next chapters."""

import pytest
import torch

from seqgraph.computation import error_terms, state_gradients
from seqgraph.diagnostics import state_jacobians
from seqgraph.recurrent import GRUCell
from tests.checks.numbers import TIGHT
from tests.seqgraph.computation.passes import B, H, T, one_pass, step_losses


def test_each_term_is_the_derivative_of_one_loss_by_one_z():
    cell, x, h, direct = one_pass()
    z, states, state = [], [], torch.zeros(B, H, dtype=torch.float64)
    for projected in cell.project(x).detach().unbind(1):
        z.append((projected + state @ cell.U.weight.T).detach().requires_grad_(False))
        state = torch.tanh(z[-1])
    push = torch.zeros(
        B, T, H, dtype=torch.float64, requires_grad=True
    )  # added to z: its derivative is dL/dz
    state = torch.zeros(B, H, dtype=torch.float64)
    for t, projected in enumerate(cell.project(x).detach().unbind(1)):
        state = torch.tanh(projected + state @ cell.U.weight.detach().T + push[:, t])
        states.append(state)
    losses = step_losses(torch.stack(states, 1))
    delta = error_terms(cell, h, direct)
    for t in range(T):
        expected = torch.autograd.grad(losses[t], push, retain_graph=True)[0]
        assert (delta[:, t] - expected).abs().max() <= TIGHT


def test_state_gradients_are_transposed_jacobians():
    """The same Jacobians as in the chapter on vanishing gradients: dL_T/dh_t = J_t^T dL_T/dh_T."""
    cell, x, h, direct = one_pass()
    found = state_gradients(cell, h, direct)
    for b in range(B):
        jacobians = state_jacobians(cell, x[b])
        for t in range(T):
            assert (found[b, -1, t] - jacobians[t + 1].T @ direct[b, -1]).abs().max() <= TIGHT


def test_the_factors_stand_in_the_order_of_time():
    """The formula with its product written out: smallest tau leftmost. Turned round it is another."""
    cell, _, h, direct = one_pass()
    U, slopes = cell.U.weight.detach(), 1 - h[0, 1:] ** 2
    delta = error_terms(cell, h, direct)[0]
    t, k = T - 1, 2
    product = torch.eye(H, dtype=torch.float64)
    turned = torch.eye(H, dtype=torch.float64)
    for tau in range(k, t):
        factor = torch.diag(slopes[tau]) @ U.T
        product, turned = product @ factor, factor @ turned
    assert (delta[t, k] - product @ delta[t, t]).abs().max() <= TIGHT
    assert (delta[t, k] - turned @ delta[t, t]).norm() > 0.01 * delta[t, k].norm()


def test_no_loss_depends_on_a_later_step():
    cell, _, h, direct = one_pass()
    later = torch.ones(T, T).triu(1).bool()
    assert torch.count_nonzero(error_terms(cell, h, direct)[:, later]) == 0
    assert bool((error_terms(cell, h, direct)[:, ~later].abs().sum(-1) > 0).all())


@pytest.mark.errors
@pytest.mark.parametrize("function", [error_terms, state_gradients])
def test_what_does_not_fit_is_refused(function):
    cell, _, h, direct = one_pass()
    who = function.__name__
    with pytest.raises(TypeError, match=f"{who}: cell must be an SRNCell, got GRUCell"):
        function(GRUCell(2, H).double(), h, direct)
    with pytest.raises(
        ValueError, match=rf"{who}: direct must have shape \[3, 7, 4\] \(one a state, without"
    ):
        function(cell, h, direct[:, 1:])
    with pytest.raises(ValueError, match=rf"{who}: direct must have shape \[B, T, 4\].*No axis may be empty"):
        function(cell, h[:, :1], direct[:, :0])
