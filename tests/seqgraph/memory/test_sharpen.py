"""Powers of an address: 1 changes nothing, large ones choose, and no power divides by zero."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.memory import sharpen
from tests.checks.numbers import TIGHT, gap, random
from tests.seqgraph.memory import by_hand

WEIGHTS = random(3, 5).softmax(-1)
POWER = torch.tensor([1.0, 2.5, 9.0], dtype=torch.float64)


def powers(value):
    return torch.full((3,), value, dtype=torch.float64)


def test_equals_the_equation_element_by_element():
    rows = zip(WEIGHTS.tolist(), POWER.tolist(), strict=True)
    expected = torch.tensor([by_hand.sharpened(*row) for row in rows], dtype=torch.float64)
    assert gap(sharpen(WEIGHTS, POWER), expected) <= TIGHT


def test_power_1_is_the_identity_and_a_large_one_chooses():
    assert gap(sharpen(WEIGHTS, powers(1.0)), WEIGHTS) <= TIGHT
    chosen = torch.nn.functional.one_hot(WEIGHTS.argmax(-1), 5).double()
    assert gap(sharpen(WEIGHTS, powers(1e4)), chosen) <= TIGHT


def test_a_power_that_would_round_every_weight_to_0():
    """(1/128) to the power 30 is below the smallest float32: without the division it would be 0 / 0."""
    even = torch.full((1, 128), 1 / 128, requires_grad=True)
    assert float((even.detach() ** 30).sum()) == 0
    result = sharpen(even, torch.tensor([30.0]))
    assert gap(result, even.detach()) <= 1e-7
    (gradient,) = torch.autograd.grad(result[0, 0], even)
    assert bool(torch.isfinite(gradient).all())


@pytest.mark.parametrize("weights", [[1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
@pytest.mark.parametrize("power", [1.0, 1.5, 40.0])
def test_weights_of_0_give_finite_results_and_gradients(weights, power):
    weights = torch.tensor([weights], dtype=torch.float64, requires_grad=True)
    power = torch.tensor([power], dtype=torch.float64, requires_grad=True)
    result = sharpen(weights, power)
    assert gap(result, weights.detach()) <= TIGHT
    for gradient in torch.autograd.grad((result * random(1, 3)).sum(), [weights, power]):
        assert bool(torch.isfinite(gradient).all())


def test_gradients():
    """The largest weight is held fixed inside: the derivatives are right all the same, second ones too."""
    arguments = [WEIGHTS.clone().requires_grad_(), (POWER + 0.1).requires_grad_()]
    assert torch.autograd.gradcheck(sharpen, arguments)
    assert torch.autograd.gradgradcheck(sharpen, arguments)


@pytest.mark.errors
@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        ((WEIGHTS, 0.9 * POWER), ValueError, r"^sharpen: power must be at least 1, got 0.9\."),
        ((WEIGHTS - 0.5, POWER), ValueError, r"^sharpen: weights must be at least 0, got -0"),
        ((WEIGHTS, POWER[:2]), ShapeError, r"power must have shape \[3\], got \[2\]"),
        ((WEIGHTS[None], POWER), ShapeError, r"weights must have shape \[B, M\], got \[1, 3, 5\]"),
        ((WEIGHTS, POWER.float()), TypeError, "power must be torch.float64 like weights"),
        ((WEIGHTS, 2), TypeError, "power must be a torch.Tensor, got int"),
    ],
)
def test_wrong_arguments_are_refused(arguments, error, text):
    with pytest.raises(error, match=text):
        sharpen(*arguments)
