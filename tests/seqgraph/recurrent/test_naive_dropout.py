"""Naive dropout in training: a new mask each step. In eval mode: the battery."""

import pytest
import torch

from seqgraph.recurrent import LSTMCell, Recurrent, SRNCell
from seqgraph.recurrent.naive_dropout import NaiveDropout
from seqgraph.recurrent.variational_dropout import draw_mask
from tests.checks.by_element import filled
from tests.checks.numbers import gap, random


def test_every_step_draws_for_input_and_state():
    inner, x = filled(SRNCell(3, 4)), random(2, 5, 3)
    torch.manual_seed(0)
    outputs, _ = Recurrent(NaiveDropout(inner, 0.4))(x)
    torch.manual_seed(0)
    h, masks = torch.zeros(2, 4, dtype=torch.float64), []
    for t in range(5):
        masks.append((draw_mask(x, 3, 0.4), draw_mask(x, 4, 0.4)))
        h = torch.tanh(inner.W(masks[t][0] * x[:, t]) + (masks[t][1] * h) @ inner.U.weight.T)
        assert gap(outputs[:, t], h) <= 1e-12
    assert len({str(mask.tolist()) for mask, _ in masks}) > 1


def test_p_zero_and_eval_are_the_cell():
    inner, x = filled(LSTMCell(3, 4)), random(2, 5, 3)
    for cell in (NaiveDropout(inner, 0.0), NaiveDropout(inner, 0.5).eval()):
        assert gap(Recurrent(cell)(x), Recurrent(inner)(x)) <= 1e-12
        inner.train()


def test_repr():
    assert "p=0.5" in repr(NaiveDropout(SRNCell(1, 2), 0.5))


@pytest.mark.errors
@pytest.mark.parametrize("p", [1, -0.1, True, float("nan"), "0.5"])
def test_p_out_of_range(p):
    with pytest.raises(
        ValueError, match=r"NaiveDropout\(SRNCell\): p must be a probability in \[0, 1\), got"
    ):
        NaiveDropout(SRNCell(1, 2), p)
