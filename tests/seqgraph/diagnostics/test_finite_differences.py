"""Finite differences against derivatives that are known, and against autograd."""

import pytest
import torch

from seqgraph.diagnostics import finite_differences
from seqgraph.recurrent import GRUCell, Recurrent
from tests.checks.numbers import fill, random, same_bits


def test_of_a_cubic():
    w = random(2, 3)
    [slope] = finite_differences(lambda: (w**3).sum(), [w])
    assert slope.shape == w.shape
    assert (slope - 3 * w**2).abs().max() < 1e-8


def test_it_is_autograd_for_every_weight_of_a_network():
    cell, x = fill(GRUCell(2, 3).double()), random(2, 5, 2)
    weights = list(cell.parameters())

    def loss():
        return Recurrent(cell)(x)[0].square().sum()

    found = finite_differences(loss, weights)
    for slope, expected in zip(found, torch.autograd.grad(loss(), weights), strict=True):
        assert (slope - expected).norm() <= 1e-6 * expected.norm()


def test_the_parameters_come_back_bit_by_bit_even_after_an_error():
    w = random(4)
    before = w.clone()
    finite_differences(lambda: w.sum(), [w], epsilon=0.3)
    assert same_bits(w, before)

    def fails():
        raise RuntimeError("no loss today")

    with pytest.raises(RuntimeError, match="no loss today"):
        finite_differences(fails, [w])
    assert same_bits(w, before)


def test_a_larger_push_has_a_larger_error():
    w = random(3)
    errors = [
        (finite_differences(lambda: w.exp().sum(), [w], e)[0] - w.exp()).abs().max() for e in (0.1, 0.01)
    ]
    assert 50 < errors[0] / errors[1] < 200  # of second order


@pytest.mark.errors
@pytest.mark.parametrize("epsilon", [0.0, -1e-6, float("nan"), float("inf"), True, "1e-6", None])
def test_the_push_is_checked(epsilon):
    with pytest.raises(ValueError, match="finite_differences: epsilon must be a finite number above 0, got"):
        finite_differences(lambda: 0.0, [random(2)], epsilon)


@pytest.mark.errors
def test_precision_and_the_loss_are_checked():
    with pytest.raises(TypeError, match=r"parameters must be torch\.float64, got torch\.float32"):
        finite_differences(lambda: 0.0, [torch.ones(2)])
    w = random(2)
    with pytest.raises(ValueError, match=r"loss must return one number, got shape \[2\]"):
        finite_differences(lambda: w * 2, [w])
