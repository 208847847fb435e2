"""The errors that teach: who, which argument, what was expected, what came."""

import math

import numpy as np
import pytest
import torch

from seqgraph.core import ShapeError, expect
from seqgraph.core.expect import expect_dtype, expect_number, expect_probability, expect_size


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
    x = torch.zeros(1)
    assert expect_dtype("me", "x", x, torch.float32) is x
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
def test_a_size_within_bounds():
    assert expect_size("me", "n", 0, least=0) == 0
    assert expect_size("me", "n", 4, most=4) == 4
    with pytest.raises(ValueError, match=r"^me: n must be a whole number of at least 2, got 1\."):
        expect_size("me", "n", 1, least=2)
    with pytest.raises(ValueError, match=r"^me: n must be a whole number in 1\.\.4 \(T=4\), got 5\."):
        expect_size("me", "n", 5, most=4, why="T=4")


@pytest.mark.errors
@pytest.mark.parametrize(
    ("bounds", "good", "bad", "words"),
    [
        ({}, 0, math.inf, "a finite number"),
        ({"above": 0}, 1e-9, 0, "a finite number above 0"),
        ({"least": 0}, 0, -1e-9, "a finite number of at least 0"),
        ({"below": 1}, -5, 1, "a finite number below 1"),
        ({"most": 1}, 1, 1.1, "a finite number of at most 1"),
        ({"least": 0, "below": 1}, 0, 1, r"a number in \[0, 1\)"),
        ({"above": 0, "most": 1}, 1, 0, r"a number in \(0, 1\]"),
    ],
)
def test_a_number_within_bounds(bounds, good, bad, words):
    assert expect_number("me", "p", good, **bounds) == good
    assert isinstance(expect_number("me", "p", good, **bounds), float)
    for wrong in (bad, float("nan"), True, "1", None, 1j):
        with pytest.raises(ValueError, match=rf"^me: p must be {words}, got"):
            expect_number("me", "p", wrong, **bounds)


@pytest.mark.errors
def test_probability():
    assert expect_probability("me", "p", 0) == 0.0
    for wrong in (1, -0.1, True, None, float("nan")):
        with pytest.raises(ValueError, match=r"^me: p must be a probability in \[0, 1\), got"):
            expect_probability("me", "p", wrong)


@pytest.mark.errors
def test_a_star_allows_an_empty_axis():
    assert expect("me", "edge_index", torch.zeros(2, 0), (2, "E*")) is None
    assert expect("me", "edge_index", torch.zeros(2, 3), (2, "E*")) is None
    with pytest.raises(ShapeError, match=r"^me: edge_index must have shape \[2, E\], got \[3, 0\]\.$"):
        expect("me", "edge_index", torch.zeros(3, 0), (2, "E*"))
