"""Reading: a one-hot address reads one row, any other a mean."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.memory import read
from tests.checks.numbers import TIGHT, gap, random
from tests.seqgraph.memory import by_hand

MEMORY, WEIGHTS = random(3, 5, 4), random(3, 5, seed=1).softmax(-1)


def test_equals_the_equation_element_by_element():
    rows = zip(MEMORY.tolist(), WEIGHTS.tolist(), strict=True)
    expected = torch.tensor([by_hand.read_out(*row) for row in rows], dtype=torch.float64)
    assert gap(read(MEMORY, WEIGHTS), expected) <= TIGHT


def test_a_one_hot_address_reads_its_row():
    for row in range(5):
        address = torch.nn.functional.one_hot(torch.tensor([row] * 3), 5).double()
        assert gap(read(MEMORY, address), MEMORY[:, row]) <= TIGHT


def test_gradients():
    assert torch.autograd.gradcheck(read, [value.clone().requires_grad_() for value in (MEMORY, WEIGHTS)])


@pytest.mark.errors
@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        ((MEMORY[0], WEIGHTS), ShapeError, r"^read: memory must have shape \[B, M, W\], got \[5, 4\]"),
        ((MEMORY, WEIGHTS[:, :4]), ShapeError, r"weights must have shape \[3, 5\], got \[3, 4\]"),
        ((MEMORY, WEIGHTS[:1]), ShapeError, r"weights must have shape \[3, 5\], got \[1, 5\]"),
        ((MEMORY, WEIGHTS.float()), TypeError, "weights must be torch.float64 like memory"),
    ],
)
def test_wrong_arguments_are_refused(arguments, error, text):
    with pytest.raises(error, match=text):
        read(*arguments)
