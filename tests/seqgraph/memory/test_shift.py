"""Moves along the rows: one move is torch.roll, several are mixed, and there must be a middle."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.memory import shift
from tests.checks.numbers import TIGHT, gap, random
from tests.seqgraph.memory import by_hand

WEIGHTS, SHIFTS = random(3, 5).softmax(-1), random(3, 3, seed=1).softmax(-1)


@pytest.mark.parametrize("size", [1, 3, 5, 7, 9])
def test_one_move_is_a_roll(size):
    """Also where there are more moves than rows: then it goes round more than once."""
    for s in range(size):
        move = torch.zeros(3, size, dtype=torch.float64)
        move[:, s] = 1
        assert gap(shift(WEIGHTS, move), WEIGHTS.roll(s - size // 2, dims=1)) <= TIGHT


def test_equals_the_equation_element_by_element():
    rows = zip(WEIGHTS.tolist(), SHIFTS.tolist(), strict=True)
    expected = torch.tensor([by_hand.shifted(*row) for row in rows], dtype=torch.float64)
    assert gap(shift(WEIGHTS, SHIFTS), expected) <= TIGHT


def test_each_sequence_has_its_own_moves():
    """The first goes back, the second stays, the third goes on, round the end."""
    at_end = torch.tensor([[1.0, 0, 0], [1, 0, 0], [0, 0, 1]], dtype=torch.float64)
    expected = torch.tensor([[0.0, 0, 1], [1, 0, 0], [1, 0, 0]], dtype=torch.float64)
    assert gap(shift(at_end, torch.eye(3, dtype=torch.float64)), expected) <= TIGHT


def test_the_sum_stays_1_and_gradients_are_right():
    assert (shift(WEIGHTS, SHIFTS).sum(-1) - 1).abs().max() <= TIGHT
    assert torch.autograd.gradcheck(shift, [value.clone().requires_grad_() for value in (WEIGHTS, SHIFTS)])


@pytest.mark.errors
@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        ((WEIGHTS, SHIFTS[:, :2]), ShapeError, r"^shift: shifts must .* \[B, S\] with S odd, got \[3, 2\]"),
        ((WEIGHTS, SHIFTS[:2]), ShapeError, r"shifts must have shape \[3, S\], got \[2, 3\]"),
        ((WEIGHTS[0], SHIFTS), ShapeError, r"weights must have shape \[B, M\], got \[5\]"),
        ((WEIGHTS, SHIFTS.float()), TypeError, "shifts must be torch.float64 like weights"),
        ((WEIGHTS, None), TypeError, "shifts must be a torch.Tensor, got NoneType"),
    ],
)
def test_wrong_arguments_are_refused(arguments, error, text):
    with pytest.raises(error, match=text):
        shift(*arguments)
