"""The errors that teach: who, which argument, what was expected, what came."""

import numpy as np
import pytest
import torch

from seqgraph.core import ShapeError, expect
from seqgraph.core.shapes import expect_dtype, expect_number, expect_size


def test_what_fits_passes():
    assert expect("me", "x", torch.zeros(2, 5, 3), ("B", "T", 3)) is None
    assert expect("me", "x", torch.zeros(()), ()) is None
    assert expect("me", "x", torch.zeros(0, 3), (0, 3)) is None


def test_a_shape_error_is_a_value_error():
    assert issubclass(ShapeError, ValueError)


@pytest.mark.errors
def test_the_whole_sentence():
    with pytest.raises(ShapeError) as error:
        expect("Recurrent(LSTMCell)", "x", torch.zeros(2, 7, 4), ("B", "T", 3), "input_size=3")
    assert str(error.value) == (
        "Recurrent(LSTMCell): x must have shape [B, T, 3] (input_size=3), got [2, 7, 4]."
    )


@pytest.mark.errors
@pytest.mark.parametrize(
    ("shape", "words"), [((2,), r"got \[2\]\."), ((2, 4), r"got \[2, 4\]\."), ((), r"got \[\]\.")]
)
def test_other_shapes(shape, words):
    with pytest.raises(ShapeError, match=r"^me: x must have shape \[B, 3\], " + words):
        expect("me", "x", torch.zeros(shape), ("B", 3))


@pytest.mark.errors
def test_an_empty_axis_is_pointed_out():
    with pytest.raises(ShapeError, match=r"got \[0, 3\]\. No axis may be empty\.$"):
        expect("me", "x", torch.zeros(0, 3), ("B", 3))


@pytest.mark.errors
@pytest.mark.parametrize("value", [[1.0], np.zeros(3), None, 1.0])
def test_what_is_no_tensor(value):
    with pytest.raises(TypeError, match=f"^me: x must be a torch.Tensor, got {type(value).__name__}"):
        expect("me", "x", value, ("B", 3))


@pytest.mark.errors
def test_dtype():
    assert expect_dtype("me", "x", torch.zeros(1), torch.float32) is None
    with pytest.raises(
        TypeError, match=r"^me: x must be torch.float64 like the weights, got torch.float32\."
    ):
        expect_dtype("me", "x", torch.zeros(1), torch.float64)


@pytest.mark.errors
def test_size():
    assert expect_size("me", "n", 1) == 1
    for wrong in (0, -3, True, False, 1.0, "1", None, float("nan"), torch.tensor(1)):
        with pytest.raises(ValueError, match=r"^me: n must be a whole number of at least 1, got"):
            expect_size("me", "n", wrong)


@pytest.mark.errors
def test_number():
    assert expect_number("me", "p", 1, "above 0", True) == 1.0
    assert isinstance(expect_number("me", "p", 1, "above 0", True), float)
    for wrong, holds in ((0.0, False), (True, True), ("1", True), (None, True), (1j, True)):
        with pytest.raises(ValueError, match=r"^me: p must be above 0, got"):
            expect_number("me", "p", wrong, "above 0", holds)
