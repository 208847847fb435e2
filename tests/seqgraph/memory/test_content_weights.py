"""Addressing by content: the softmax of a cosine, its limits, and no NaN for rows and keys of zeros."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.memory import content_weights
from tests.checks.numbers import DEVICES, TIGHT, gap, random
from tests.seqgraph.memory import by_hand

MEMORY, KEY, STRENGTH = random(3, 5, 4), random(3, 4, seed=1), random(3, seed=2).abs() * 5


def test_equals_the_equation_element_by_element():
    rows = zip(MEMORY.tolist(), KEY.tolist(), STRENGTH.tolist(), strict=True)
    expected = torch.tensor([by_hand.content(*row) for row in rows], dtype=torch.float64)
    assert gap(content_weights(MEMORY, KEY, STRENGTH), expected) <= TIGHT


def test_equals_torchs_cosine_similarity():
    cosine = torch.nn.functional.cosine_similarity(MEMORY, KEY[:, None], dim=-1)
    assert gap(content_weights(MEMORY, KEY, STRENGTH), (STRENGTH[:, None] * cosine).softmax(-1)) <= TIGHT


def test_by_hand():
    """Rows along the key, at 60 degrees and against it, strength ln 4: exp gives 4, 2 and 1/4."""
    rows = torch.tensor([[[3.0, 0.0], [0.5, 0.75**0.5], [-2.0, 0.0]]], dtype=torch.float64)
    strength = torch.tensor([4.0], dtype=torch.float64).log()
    weights = content_weights(rows, torch.tensor([[0.1, 0.0]], dtype=torch.float64), strength)
    assert gap(weights, torch.tensor([[16.0, 8.0, 1.0]], dtype=torch.float64) / 25) <= TIGHT


def test_the_length_of_rows_and_key_does_not_matter():
    longer = content_weights(7 * MEMORY, KEY / 9, STRENGTH)
    assert gap(longer, content_weights(MEMORY, KEY, STRENGTH)) <= TIGHT


def test_strength_0_sees_all_rows_alike_and_a_large_one_looks_up():
    assert (
        gap(content_weights(MEMORY, KEY, 0 * STRENGTH), torch.full((3, 5), 0.2, dtype=torch.float64)) <= TIGHT
    )
    cosine = torch.nn.functional.cosine_similarity(MEMORY, KEY[:, None], dim=-1)
    looked_up = torch.nn.functional.one_hot(cosine.argmax(-1), 5).double()
    assert gap(content_weights(MEMORY, KEY, torch.full((3,), 1e6).double()), looked_up) <= TIGHT


@pytest.mark.parametrize("zero", ["memory", "key", "both"])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_zeros_give_equal_weights_and_finite_gradients(zero, dtype):
    memory = (0 * MEMORY if zero != "key" else MEMORY).to(dtype).requires_grad_()
    key = (0 * KEY if zero != "memory" else KEY).to(dtype).requires_grad_()
    strength = STRENGTH.to(dtype).requires_grad_()
    weights = content_weights(memory, key, strength)
    assert gap(weights, torch.full_like(weights, 0.2)) <= 1e-7
    for gradient in torch.autograd.grad((weights * random(3, 5, seed=3)).sum(), [memory, key, strength]):
        assert bool(torch.isfinite(gradient).all())


def test_gradients():
    arguments = [value.clone().requires_grad_() for value in (MEMORY, KEY, STRENGTH)]
    assert torch.autograd.gradcheck(content_weights, arguments)


def test_nan_stays_in_its_own_sequence():
    broken = KEY.clone()
    broken[1] = float("nan")
    weights = content_weights(MEMORY, broken, STRENGTH)
    assert gap(weights[[0, 2]], content_weights(MEMORY, KEY, STRENGTH)[[0, 2]]) <= TIGHT
    assert bool(weights[1].isnan().all())


@pytest.mark.parametrize("device", DEVICES)
def test_device(device):
    weights = content_weights(MEMORY.to(device), KEY.to(device), STRENGTH.to(device))
    assert weights.device.type == device
    assert gap(weights.cpu(), content_weights(MEMORY, KEY, STRENGTH)) <= TIGHT


@pytest.mark.errors
@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        ((MEMORY[0], KEY, STRENGTH), ShapeError, r"memory must have shape \[B, M, W\], got \[5, 4\]"),
        ((MEMORY[:, :0], KEY, STRENGTH), ShapeError, r"memory must .* No axis may be empty"),
        ((MEMORY, KEY[:, :3], STRENGTH), ShapeError, r"key must have shape \[3, 4\], got \[3, 3\]"),
        ((MEMORY, KEY[:2], STRENGTH), ShapeError, r"key must have shape \[3, 4\], got \[2, 4\]"),
        ((MEMORY, KEY, STRENGTH[:, None]), ShapeError, r"strength must have shape \[3\], got \[3, 1\]"),
        ((MEMORY, KEY, -STRENGTH), ValueError, r"^content_weights: strength must be at least 0, got -"),
        ((MEMORY, KEY, 2.0), TypeError, "strength must be a torch.Tensor, got float"),
        (
            (MEMORY, KEY.float(), STRENGTH),
            TypeError,
            "key must be torch.float64 like memory, got torch.float32",
        ),
        (
            (MEMORY.long(), KEY, STRENGTH),
            TypeError,
            "memory must be a floating-point tensor, got torch.int64",
        ),
    ],
)
def test_wrong_arguments_are_refused(arguments, error, text):
    with pytest.raises(error, match=text):
        content_weights(*arguments)
