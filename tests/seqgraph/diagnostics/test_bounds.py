"""The bound holds, is aligned with the norms, and the spectral radius is not one."""

import math

import pytest
import torch
from torch import nn

from seqgraph.diagnostics import jacobian_norms, spectral_radius, state_jacobians, vanishing_bound
from seqgraph.recurrent import HiddenState, SRNCell
from tests.checks.numbers import TIGHT, random

I, H, T = 3, 8, 30
NON_NORMAL = torch.tensor([[0.9, 5.0], [0.0, 0.9]], dtype=torch.float64)
BOTH = pytest.mark.parametrize(
    ("name", "call"),
    [("vanishing_bound", lambda U: vanishing_bound(U, 3)), ("spectral_radius", spectral_radius)],
)


class LogisticSRN(SRNCell):
    """An SRN with the logistic function, whose slope is at most 1/4."""

    def step(self, projected, state, mask=None):
        h = torch.sigmoid(projected + self.recur(state.h, mask))
        return h, HiddenState(h)


@pytest.mark.parametrize(("kind", "slope"), [(SRNCell, 1.0), (LogisticSRN, 0.25)])
@pytest.mark.parametrize("size", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("seed", range(3))
def test_it_bounds_the_measured_norms(kind, slope, size, seed):
    cell = kind(I, H).double()
    with torch.no_grad():
        cell.U.weight.copy_(size * random(H, H, seed=seed) / H**0.5)
    norms = jacobian_norms(state_jacobians(cell, random(T, I, seed=seed)))
    bound = vanishing_bound(cell.U.weight, T, slope)
    assert bound.shape == norms.shape
    assert bool((norms <= bound * (1 + TIGHT)).all())
    assert not bound.requires_grad


@pytest.mark.parametrize(("kind", "slope"), [(SRNCell, 1.0), (LogisticSRN, 0.25)])
def test_it_is_reached_where_the_slope_is_steepest(kind, slope):
    """At h = 0 (tanh) and h = 1/2 with a bias that keeps it there (logistic) each step is slope * U."""
    cell = kind(1, H).double()
    nn.init.orthogonal_(cell.U.weight)
    with torch.no_grad():
        cell.W.weight.zero_()
        cell.W.bias.copy_(-0.5 * cell.U.weight.sum(1) if kind is LogisticSRN else torch.zeros(H))
        start = HiddenState(torch.full((1, H), 0.5 if kind is LogisticSRN else 0.0, dtype=torch.float64))
    norms = jacobian_norms(state_jacobians(cell, torch.zeros(T, 1, dtype=torch.float64), start))
    assert (norms / vanishing_bound(cell.U.weight, T, slope) - 1).abs().max() <= TIGHT * T


def test_the_smallest_slope_vanishes_and_a_larger_one_need_not_explode():
    """sigma_max < 1 is sufficient for vanishing; sigma_max > 1 is only necessary for explosion."""
    cell = SRNCell(1, 2, bias=False).double()
    with torch.no_grad():
        cell.U.weight.copy_(2 * torch.eye(2))  # sigma_max = 2, but the units saturate
    norms = jacobian_norms(state_jacobians(cell, torch.full((T, 1), 3.0, dtype=torch.float64)))
    assert vanishing_bound(cell.U.weight, T)[0].item() == pytest.approx(2**T)
    assert norms[0] < 1e-3


def test_powers_of_a_non_normal_matrix_grow_before_they_vanish():
    assert abs(spectral_radius(NON_NORMAL) - 0.9) <= TIGHT
    norms = [torch.linalg.matrix_norm(torch.linalg.matrix_power(NON_NORMAL, n), 2).item() for n in range(200)]
    # The off-diagonal entry of the n-th power is 5 n 0.9^(n-1), largest at n = 9 and 10: 19.37.
    assert max(range(200), key=norms.__getitem__) in (9, 10)
    assert abs(norms[9] - 19.4) < 0.05
    assert norms[199] < 1e-5
    assert bool((vanishing_bound(NON_NORMAL, 9)[0] >= norms[9]).item())


def test_the_radius_is_below_the_norm_and_equal_for_normal_matrices():
    U = random(5, 5)
    assert spectral_radius(U) < torch.linalg.matrix_norm(U, 2)
    symmetric = U + U.mT
    assert abs(spectral_radius(symmetric) - torch.linalg.matrix_norm(symmetric, 2)) <= TIGHT
    rotation = torch.tensor([[0.0, -2.0], [2.0, 0.0]], dtype=torch.float64)  # its eigenvalues are not real
    assert abs(spectral_radius(rotation) - 2) <= TIGHT


def test_an_overflow_is_infinite():
    assert vanishing_bound(10 * torch.eye(2), 100)[0] == math.inf


@pytest.mark.errors
@BOTH
@pytest.mark.parametrize("shape", [(3,), (2, 3), (0, 0), (1, 2, 2)])
def test_the_matrix_must_be_square(name, call, shape):
    with pytest.raises(ValueError, match=rf"{name}: U must have shape \[H, "):
        call(torch.zeros(shape))


@pytest.mark.errors
@BOTH
@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_the_matrix_must_be_finite(name, call, bad):
    with pytest.raises(ValueError, match=f"{name}: U must be finite"):
        call(torch.tensor([[1.0, bad], [0.0, 1.0]]))
    with pytest.raises(TypeError, match=f"{name}: U must be a torch.Tensor, got list"):
        call([[1.0]])


@pytest.mark.errors
@pytest.mark.parametrize("steps", [0, -1, 2.0, True, None])
def test_wrong_steps_are_refused(steps):
    with pytest.raises(ValueError, match="vanishing_bound: steps must be a whole number of at least 1, got"):
        vanishing_bound(NON_NORMAL, steps)


@pytest.mark.errors
@pytest.mark.parametrize("slope", [0, -0.25, math.nan, math.inf, True, "1", None])
def test_a_wrong_slope_is_refused(slope):
    with pytest.raises(ValueError, match="vanishing_bound: slope must be a finite number above 0, got"):
        vanishing_bound(NON_NORMAL, 3, slope)
