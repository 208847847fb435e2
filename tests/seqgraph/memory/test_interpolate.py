"""The gate between two addresses: its ends, its middle, and what it refuses."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.memory import interpolate
from tests.checks.numbers import TIGHT, gap, random
from tests.seqgraph.memory import by_hand

CONTENT, PREVIOUS = random(3, 5).softmax(-1), random(3, 5, seed=1).softmax(-1)
GATE = torch.tensor([0.25, 0.5, 0.9], dtype=torch.float64)


def test_equals_the_equation_element_by_element():
    rows = zip(CONTENT.tolist(), PREVIOUS.tolist(), GATE.tolist(), strict=True)
    expected = torch.tensor([by_hand.interpolated(*row) for row in rows], dtype=torch.float64)
    assert gap(interpolate(CONTENT, PREVIOUS, GATE), expected) <= TIGHT


def test_the_ends_are_the_two_addresses():
    assert gap(interpolate(CONTENT, PREVIOUS, torch.ones(3).double()), CONTENT) <= TIGHT
    assert gap(interpolate(CONTENT, PREVIOUS, torch.zeros(3).double()), PREVIOUS) <= TIGHT


def test_the_sum_stays_1_and_gradients_are_right():
    assert (interpolate(CONTENT, PREVIOUS, GATE).sum(-1) - 1).abs().max() <= TIGHT
    assert torch.autograd.gradcheck(
        interpolate, [value.clone().requires_grad_() for value in (CONTENT, PREVIOUS, GATE)]
    )


@pytest.mark.errors
@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        ((CONTENT, PREVIOUS, 2 * GATE), ValueError, r"^interpolate: gate must be in \[0, 1\], got 1.8\."),
        ((CONTENT, PREVIOUS, GATE - 0.5), ValueError, r"gate must be in \[0, 1\], got -0.25\."),
        ((CONTENT, PREVIOUS[:, :4], GATE), ShapeError, r"previous must have shape \[3, 5\], got \[3, 4\]"),
        ((CONTENT[0], PREVIOUS[0], GATE), ShapeError, r"content must have shape \[B, M\], got \[5\]"),
        ((CONTENT, PREVIOUS, GATE[:1]), ShapeError, r"gate must have shape \[3\], got \[1\]"),
        ((CONTENT, PREVIOUS, GATE.float()), TypeError, "gate must be torch.float64 like content"),
    ],
)
def test_wrong_arguments_are_refused(arguments, error, text):
    with pytest.raises(error, match=text):
        interpolate(*arguments)
