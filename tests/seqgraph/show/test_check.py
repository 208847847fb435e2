"""check() and rounded(): what passes, what fails, what is printed."""

import math

import numpy as np
import pytest
import torch

from seqgraph.show import check, rounded

NAN = float("nan")


@pytest.mark.parametrize(
    ("measured", "bound", "line"),
    [
        ([0.001, 0.002, 0.009], {"below": 0.01}, "✓ MSE < 0.01 (3 of 3 seeds)"),
        (0.5, {"above": 0.25}, "✓ MSE > 0.25"),
        (torch.tensor([1.0, 2.0]), {"between": (1, 2)}, "✓ MSE in [1, 2] (2 of 2 seeds)"),
        ({"a": [0.1], "b": np.array([0.2])}, {"below": 1}, "✓ MSE < 1 (2 of 2 seeds)"),
        (True, {}, "✓ MSE"),
        (np.bool_(True), {}, "✓ MSE"),
        (torch.tensor([True, True]), {}, "✓ MSE (2 of 2 seeds)"),
        (3, {"below": 4, "each": "steps"}, "✓ MSE < 4"),
        ([1, 2], {"below": 4, "each": "steps"}, "✓ MSE < 4 (2 of 2 steps)"),
    ],
)
def test_true_statement_prints_its_bound_only(capsys, measured, bound, line):
    check("MSE", measured, **bound)
    assert capsys.readouterr().out == line + "\n"


@pytest.mark.parametrize(
    ("measured", "bound", "message"),
    [
        ([0.001, 0.02], {"below": 0.01}, "✗ MSE < 0.01: measured 0.001, 0.02"),
        (0.01, {"below": 0.01}, "measured 0.01"),
        (0.25, {"above": 0.25}, "measured 0.25"),
        (NAN, {"below": 1}, "measured nan"),
        (NAN, {"above": -1}, "measured nan"),
        ([1.5, NAN], {"between": (1, 2)}, "measured 1.5, nan"),
        (False, {}, "measured False"),
        ([True, False], {}, "measured True, False"),
    ],
)
def test_untrue_statement_raises_with_the_values(capsys, measured, bound, message):
    with pytest.raises(AssertionError, match=message.replace(".", r"\.")):
        check("MSE", measured, **bound)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("measured", "bound", "error", "message"),
    [
        ([], {"below": 1}, ValueError, "nothing was measured"),
        (torch.zeros(0), {"below": 1}, ValueError, "nothing was measured"),
        (0.3, {"below": 1, "above": 0}, ValueError, "give one of"),
        (0.3, {}, TypeError, "give below="),
        (True, {"below": 1}, TypeError, "takes no bound"),
        ("yes", {}, TypeError, "expected bool"),
        (None, {"below": 1}, TypeError, "expected float"),
    ],
)
def test_a_statement_that_cannot_be_judged_is_refused(measured, bound, error, message):
    with pytest.raises(error, match=message):
        check("MSE", measured, **bound)


def test_rounded_keeps_structure_and_kind():
    came = rounded({"a": (0.123456, 7), "b": [torch.tensor(2.71828), True, "x"], "c": np.array([1e-31])})
    assert came == {"a": (0.123, 7), "b": [2.72, True, "x"], "c": [1e-31]}
    assert isinstance(came["a"], tuple)


@pytest.mark.parametrize("value", [-0.0, torch.tensor(-0.0), -1e-17])
def test_rounded_never_prints_minus_zero(value):
    assert str(rounded(value, zero=1e-12)) == "0.0"


def test_rounded_hides_what_differs_after_the_digits():
    assert rounded(0.1234) == rounded(0.12341)
    assert rounded(98765.0, digits=1) == 100000.0
    assert math.isnan(rounded(NAN))


def test_rounded_refuses_no_digits():
    with pytest.raises(ValueError, match="digits must be at least 1, got 0"):
        rounded(1.0, digits=0)
