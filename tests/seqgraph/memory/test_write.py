"""Writing: erase and add, what stays, and the delta rule as its special case at one row."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.memory import read, write
from tests.checks.numbers import TIGHT, gap, random, same_bits
from tests.seqgraph.memory import by_hand

MEMORY, WEIGHTS = random(3, 5, 4), random(3, 5, seed=1).softmax(-1)
ERASE, ADD = random(3, 4, seed=2).sigmoid(), random(3, 4, seed=3)


def one_hot(row, rows=5, batch=3):
    return torch.nn.functional.one_hot(torch.tensor([row] * batch), rows).double()


def test_equals_the_equation_element_by_element():
    parts = (MEMORY, WEIGHTS, ERASE, ADD)
    rows = zip(*(part.tolist() for part in parts), strict=True)
    expected = torch.tensor([by_hand.written(*row) for row in rows], dtype=torch.float64)
    before = MEMORY.clone()
    assert gap(write(*parts), expected) <= TIGHT
    assert same_bits(MEMORY, before)


def test_a_full_write_at_one_row_replaces_it_and_keeps_the_others():
    after = write(MEMORY, one_hot(2), torch.ones(3, 4).double(), ADD)
    expected = MEMORY.clone()
    expected[:, 2] = ADD
    assert gap(after, expected) <= TIGHT
    assert gap(read(after, one_hot(2)), ADD) <= TIGHT


def test_nothing_to_write_changes_nothing():
    assert gap(write(MEMORY, WEIGHTS, 0 * ERASE, 0 * ADD), MEMORY) <= TIGHT
    assert gap(write(MEMORY, 0 * WEIGHTS, ERASE, ADD), MEMORY) <= TIGHT


def delta_rule(memory, k, eta, v):
    return memory + eta * k[..., None] * (v - read(memory, k))[:, None]


@pytest.mark.parametrize("eta", [1.0, 0.5, 0.3])
def test_at_a_one_hot_address_it_is_the_delta_rule(eta):
    """Erase by eta, add eta v: M + eta k (v - M k), the rule of linear attention with a key k."""
    for row in range(5):
        k = one_hot(row)
        written = write(MEMORY, k, torch.full_like(ADD, eta), eta * ADD)
        assert gap(written, delta_rule(MEMORY, k, eta, ADD)) <= TIGHT


def test_at_a_soft_address_it_is_not():
    """Each row is corrected by its own distance from v, not by that of the mean: eta w (r - M) apart."""
    eta, r = 0.5, read(MEMORY, WEIGHTS)
    written = write(MEMORY, WEIGHTS, torch.full_like(ADD, eta), eta * ADD)
    delta = delta_rule(MEMORY, WEIGHTS, eta, ADD)
    assert gap(written - delta, eta * WEIGHTS[..., None] * (r[:, None] - MEMORY)) <= TIGHT
    assert gap(written, delta) > 0.05


def test_overwriting_forgets_and_summing_does_not():
    """64 values for 8 keys: the delta rule holds the last of each key, the sum holds all of them."""
    keys, values = [t % 8 for t in range(64)], random(64, 1, 4)
    written, summed = torch.zeros(2, 1, 8, 4, dtype=torch.float64)
    for key, value in zip(keys, values, strict=True):
        k = one_hot(key, 8, 1)
        written = write(written, k, torch.ones_like(value), value)
        summed = summed + k[..., None] * value[:, None]
    assert gap(written[0], values[-8:, 0]) <= TIGHT
    assert gap(summed[0], values[-8:, 0]) > 1


def test_gradients():
    parts = [value.clone().requires_grad_() for value in (MEMORY, WEIGHTS, ERASE, ADD)]
    assert torch.autograd.gradcheck(write, parts)


@pytest.mark.errors
@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        ((MEMORY[0], WEIGHTS, ERASE, ADD), ShapeError, r"^write: memory must have shape \[B, M, W\]"),
        ((MEMORY, WEIGHTS[:, :4], ERASE, ADD), ShapeError, r"weights must have shape \[3, 5\], got \[3, 4\]"),
        ((MEMORY, WEIGHTS, ERASE[:, 0], ADD), ShapeError, r"erase must have shape \[3, 4\], got \[3\]"),
        ((MEMORY, WEIGHTS, ERASE, ADD[:2]), ShapeError, r"add must have shape \[3, 4\], got \[2, 4\]"),
        ((MEMORY, WEIGHTS, ERASE, ADD.float()), TypeError, "add must be torch.float64 like memory"),
    ],
)
def test_wrong_arguments_are_refused(arguments, error, text):
    with pytest.raises(error, match=text):
        write(*arguments)
