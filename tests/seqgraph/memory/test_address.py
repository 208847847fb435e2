"""A whole addressing step: by hand, in plain Python, and its limits."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.memory import HeadValues, address, content_weights
from tests.checks.numbers import TIGHT, gap, random
from tests.seqgraph.memory import by_hand


def doubles(*values):
    return torch.tensor(values, dtype=torch.float64)


MEMORY, PREVIOUS = random(3, 5, 4), random(3, 5, seed=1).softmax(-1)
HEAD = HeadValues(
    key=random(3, 4, seed=2),
    strength=doubles(0.5, 3.0, 9.0),
    gate=doubles(0.2, 0.9, 0.5),
    shifts=random(3, 3, seed=3).softmax(-1),
    power=doubles(1.0, 2.5, 7.0),
)


def test_equals_the_equations_element_by_element():
    expected = []
    for b in range(3):
        key, strength, gate, shifts, power = (part[b].tolist() for part in HEAD)
        content = by_hand.content(MEMORY[b].tolist(), key, strength)
        gated = by_hand.interpolated(content, PREVIOUS[b].tolist(), gate)
        expected.append(by_hand.sharpened(by_hand.shifted(gated, shifts), power))
    assert gap(address(MEMORY, PREVIOUS, HEAD), doubles(*expected)) <= TIGHT


def test_by_hand():
    """Rows along the key, across it, against it and across it; strength ln 4; the head stood at row 3.

    Content (4, 1, 1/4, 1) / 6.25 = (.64, .16, .04, .16). Half of it, and half of row 3: (.32, .08, .02, .58).
    Half moves on, half stays: (.45, .2, .05, .3). Squares (.2025, .04, .0025, .09), whose sum is .335.
    """
    memory = doubles([[2.0, 0.0], [0.0, 3.0], [-1.0, 0.0], [0.0, -0.5]])
    head = HeadValues(
        key=doubles([5.0, 0.0]),
        strength=doubles(4.0).log(),
        gate=doubles(0.5),
        shifts=doubles([0.0, 0.5, 0.5]),
        power=doubles(2.0),
    )
    weights = address(memory, doubles([0.0, 0.0, 0.0, 1.0]), head)
    assert gap(weights, doubles([0.2025, 0.04, 0.0025, 0.09]) / 0.335) <= TIGHT


def test_with_the_gate_shut_the_memory_does_not_matter():
    """Only moved and sharpened: one row on from where the head stood."""
    still = HEAD._replace(gate=doubles(0.0, 0.0, 0.0), power=doubles(1.0, 1.0, 1.0))
    one_on = still._replace(shifts=doubles([0.0, 0.0, 1.0]).expand(3, 3))
    for memory in (MEMORY, 0 * MEMORY, 9 * MEMORY.flip(1)):
        assert gap(address(memory, PREVIOUS, one_on), PREVIOUS.roll(1, dims=1)) <= TIGHT


def test_with_the_gate_open_the_head_goes_where_the_content_is():
    stay = HEAD._replace(gate=doubles(1.0, 1.0, 1.0), power=doubles(1.0, 1.0, 1.0))
    stay = stay._replace(shifts=doubles([0.0, 1.0, 0.0]).expand(3, 3))
    wanted = content_weights(MEMORY, HEAD.key, HEAD.strength)
    for previous in (PREVIOUS, PREVIOUS.flip(1)):
        assert gap(address(MEMORY, previous, stay), wanted) <= TIGHT


def test_gradients():
    parts = [
        part.clone().requires_grad_() for part in (MEMORY, PREVIOUS, *HEAD._replace(power=HEAD.power + 0.1))
    ]
    assert torch.autograd.gradcheck(lambda m, p, *head: address(m, p, HeadValues(*head)), parts)


@pytest.mark.errors
@pytest.mark.parametrize(
    ("change", "error", "text"),
    [
        ({"key": HEAD.key[:, :3]}, ShapeError, r"^content_weights: key must have shape \[3, 4\]"),
        ({"gate": HEAD.gate + 1}, ValueError, r"^interpolate: gate must be in \[0, 1\]"),
        ({"shifts": HEAD.shifts[:, :2]}, ShapeError, r"^shift: shifts must .* S odd"),
        ({"power": HEAD.power / 2}, ValueError, r"^sharpen: power must be at least 1"),
    ],
)
def test_the_piece_that_is_wrong_says_so(change, error, text):
    with pytest.raises(error, match=text):
        address(MEMORY, PREVIOUS, HEAD._replace(**change))
