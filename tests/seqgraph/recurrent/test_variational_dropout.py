"""Variational dropout: element by element with the masks of the state, limits, statistics, and errors."""

import math

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.recurrent import (
    CoupledLSTMCell,
    GRUCell,
    GRUResetAfterCell,
    HiddenState,
    LSTMCell,
    NoForgetLSTMCell,
    PeepholeLSTMCell,
    Recurrent,
    SRNCell,
    VariationalDropout,
)
from tests.checks.by_element import add, filled, gates_of, product, sigmoid, weights
from tests.checks.numbers import TIGHT, fill, gap, random

ALL = [SRNCell, GRUCell, GRUResetAfterCell, LSTMCell, NoForgetLSTMCell, PeepholeLSTMCell, CoupledLSTMCell]


def masked(cell: VariationalDropout, x: torch.Tensor):
    torch.manual_seed(0)
    state = cell.initial_state(x)
    for mask in (state.input_mask, state.hidden_mask):
        assert mask.unique().tolist() == pytest.approx([0, 1 / (1 - cell.p)], abs=TIGHT)
    return state


def times(mask: list, vector: list) -> list:
    return [m * v for m, v in zip(mask, vector, strict=True)]


def test_lstm_equals_the_equation_element_by_element():
    inner, x = filled(LSTMCell(3, 4)), random(2, 5, 3)
    cell = VariationalDropout(inner, 0.4)
    state = masked(cell, x)
    outputs, _ = Recurrent(cell)(x, state)
    W, U, b = (gates_of(rows, 4) for rows in weights(inner))
    for n in range(2):
        m_x, m_h = state.input_mask[n].tolist(), state.hidden_mask[n].tolist()
        h, c = [0.0] * 4, [0.0] * 4
        for t in range(5):
            x_t, past = times(m_x, x[n, t].tolist()), times(m_h, h)
            i, f, g, o = (add(product(W[k], x_t), product(U[k], past), b[k]) for k in range(4))
            c = [sigmoid(f[k]) * c[k] + sigmoid(i[k]) * math.tanh(g[k]) for k in range(4)]
            h = [sigmoid(o[k]) * math.tanh(c[k]) for k in range(4)]
            assert gap(outputs[n, t], torch.tensor(h, dtype=torch.float64)) <= TIGHT


def test_gru_carries_the_undropped_state():
    inner, x = filled(GRUCell(3, 4)), random(2, 5, 3)
    cell = VariationalDropout(inner, 0.5)
    state = masked(cell, x)
    outputs, _ = Recurrent(cell)(x, state)
    W, U, b = (gates_of(rows, 4) for rows in weights(inner))
    for n in range(2):
        m_x, m_h = state.input_mask[n].tolist(), state.hidden_mask[n].tolist()
        h = [0.0] * 4
        for t in range(5):
            x_t, past = times(m_x, x[n, t].tolist()), times(m_h, h)
            r = [sigmoid(a) for a in add(product(W[0], x_t), product(U[0], past), b[0])]
            z = [sigmoid(a) for a in add(product(W[1], x_t), product(U[1], past), b[1])]
            new = [math.tanh(a) for a in add(product(W[2], x_t), product(U[2], times(r, past)), b[2])]
            h = [z[k] * h[k] + (1 - z[k]) * new[k] for k in range(4)]
            assert gap(outputs[n, t], torch.tensor(h, dtype=torch.float64)) <= TIGHT


@pytest.mark.parametrize("kind", ALL)
def test_a_mask_of_zeros_cuts_every_product_with_U(kind):
    """All of h dropped: no weight of U may matter."""
    cell = VariationalDropout(filled(kind(3, 4)), 0.5)
    x = random(2, 5, 3)
    state = masked(cell, x)._replace(hidden_mask=torch.zeros(2, 4, dtype=torch.float64))
    expected = Recurrent(cell)(x, state)
    fill(torch.nn.ParameterList([cell.cell.U.weight]), seed=5)
    assert gap(expected, Recurrent(cell)(x, state)) <= TIGHT


@pytest.mark.parametrize("kind", ALL)
def test_p_zero_and_eval_are_the_cell(kind):
    inner, x = filled(kind(3, 4)), random(2, 5, 3)
    expected = Recurrent(inner)(x)
    for cell in (VariationalDropout(inner, 0.0), VariationalDropout(inner, 0.5).eval()):
        outputs, last = Recurrent(cell)(x)
        assert gap((outputs, last.inner), expected) <= TIGHT
        inner.train()


def test_masks_stay_in_eval_when_a_sequence_is_continued():
    cell, x = VariationalDropout(filled(GRUCell(3, 4)), 0.5), random(2, 5, 3)
    state = masked(cell, x)
    in_training = Recurrent(cell)(x, state)
    assert gap(in_training, Recurrent(cell.eval())(x, state)) <= TIGHT


def test_masks_keep_the_mean_and_differ_between_sequences():
    """Share dropped p, mean 1: within 5 standard errors of 40000 draws."""
    cell = VariationalDropout(SRNCell(100, 100), 0.3)
    torch.manual_seed(0)
    state = cell.initial_state(torch.zeros(400, 100))
    for mask in (state.input_mask, state.hidden_mask):
        assert (mask == 0).float().mean().item() == pytest.approx(0.3, abs=5 * (0.21 / 40000) ** 0.5)
        assert mask.mean().item() == pytest.approx(1, abs=5 * (0.3 / 0.7 / 40000) ** 0.5)
        assert len(mask.unique(dim=0)) == 400


@pytest.mark.errors
@pytest.mark.parametrize("p", [1, 1.0, -0.1, 2, True, False, float("nan"), "0.5", None])
def test_p_out_of_range(p):
    with pytest.raises(
        ValueError, match=r"VariationalDropout\(SRNCell\): p must be a probability in \[0, 1\), got"
    ):
        VariationalDropout(SRNCell(1, 2), p)


@pytest.mark.errors
def test_masks_that_do_not_fit():
    cell, x = VariationalDropout(SRNCell(3, 4), 0.5), torch.zeros(2, 3)
    good = cell.initial_state(x)
    for name, size in (("input_mask", 3), ("hidden_mask", 4)):
        with pytest.raises(
            ShapeError, match=rf"VariationalDropout\(SRNCell\): {name} must have shape \[2, {size}\]"
        ):
            cell(x, good._replace(**{name: torch.ones(2, size + 1)}))
        with pytest.raises(
            TypeError, match=rf"{name} must be torch.float32 like the weights, got torch.float64"
        ):
            cell(x, good._replace(**{name: torch.ones(2, size, dtype=torch.float64)}))
    with pytest.raises(TypeError, match="state must be a DropoutState, got HiddenState"):
        cell(x, HiddenState(torch.zeros(2, 4)))
