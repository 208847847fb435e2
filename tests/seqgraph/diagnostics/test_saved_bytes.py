"""Bytes that autograd keeps, against sums by hand."""

import pytest
import torch

from seqgraph.diagnostics import saved_bytes
from seqgraph.recurrent import Recurrent, SRNCell
from tests.checks.numbers import random


@pytest.mark.parametrize("T", [1, 5, 40])
def test_an_srn_keeps_its_states(T):
    cell, x = SRNCell(3, 4).double(), random(2, T, 3)
    kept = saved_bytes(lambda: Recurrent(cell)(x)[1].h.sum(), [*cell.parameters(), x])
    assert kept == (T + 1) * 2 * 4 * 8  # h_0, ..., h_T of two sequences


def test_what_is_there_anyway_is_not_counted():
    x, y = random(5).requires_grad_(), random(5)
    assert saved_bytes(lambda: (x * y).sum()) == 2 * 5 * 8 - 5 * 8  # y has no gradient: x is not needed
    assert saved_bytes(lambda: (x * y).sum(), besides=[y]) == 0


def test_a_tensor_saved_twice_counts_once():
    x = random(5).requires_grad_()
    assert saved_bytes(lambda: (x.exp().exp() * 1).sum()) == 2 * 5 * 8
    assert saved_bytes(lambda: x.exp().square().sum()) == 5 * 8


def test_without_a_graph_nothing_is_kept():
    x = random(5).requires_grad_()
    with torch.no_grad():
        assert saved_bytes(lambda: x.exp().sum()) == 0


def test_the_hooks_are_gone_afterwards_and_gradients_are_right():
    x = random(5).requires_grad_()
    losses = []
    saved_bytes(lambda: losses.append(x.exp().sum()) or losses[0])
    losses[0].backward()
    assert (x.grad - x.exp()).abs().max() < 1e-12


@pytest.mark.errors
def test_a_tensor_must_come_back():
    with pytest.raises(TypeError, match="saved_bytes: forward must return a tensor, got NoneType"):
        saved_bytes(lambda: None)
