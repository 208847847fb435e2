"""What all read-outs refuse, and the widths that they know."""

import pytest
import torch
from torch import nn

from seqgraph.core import ShapeError
from seqgraph.recurrent import Bidirectional, EveryOutput, MeanOutput, Recurrent, SRNCell
from tests.checks.numbers import random

READ_OUTS = pytest.mark.parametrize("kind", [MeanOutput, EveryOutput])


@READ_OUTS
@pytest.mark.parametrize(
    ("runner", "width"),
    [
        (nn.GRU(3, 4, batch_first=True), 4),
        (nn.LSTM(3, 4, batch_first=True, bidirectional=True), 8),
        (Bidirectional(SRNCell(3, 4), SRNCell(3, 5)), 9),
    ],
)
def test_widths(kind, runner, width):
    model = kind(runner, 2)
    assert model.V.in_features == width
    assert model(torch.zeros(1, 5, 3)).shape[-1] == 2


@READ_OUTS
def test_width_of_a_projection(kind):
    assert kind(nn.LSTM(3, 4, batch_first=True, proj_size=2), 1).V.in_features == 2


@pytest.mark.errors
@READ_OUTS
def test_sizes_and_runners(kind):
    who = kind.__name__
    for size in (0, -1, 2.0, True, None):
        with pytest.raises(ValueError, match=f"{who}: output_size must be a whole number of at least 1, got"):
            kind(Recurrent(SRNCell(3, 4)), size)
    for runner in (SRNCell(3, 4), nn.LSTM(3, 4), nn.AdaptiveAvgPool1d(3), nn.Linear(3, 4), None):
        words = rf"{who}: runner must be a runner or a batch-first torch.nn RNN, got {type(runner).__name__}"
        with pytest.raises(TypeError, match=words):
            kind(runner, 1)


@pytest.mark.errors
@READ_OUTS
@pytest.mark.parametrize("runner", [Recurrent(SRNCell(3, 4)), nn.LSTM(3, 4, batch_first=True)])
@pytest.mark.parametrize("shape", [(5, 3), (2, 5, 4), (2, 0, 3), (0, 5, 3), (3,)])
def test_inputs(kind, runner, shape):
    words = rf"{kind.__name__}: x must have shape \[B, T, 3\] \(input_size=3\), got"
    with pytest.raises(ShapeError, match=words):
        kind(runner, 1)(torch.zeros(shape))
    words = rf"{kind.__name__}: x must be torch.float32 like the weights, got torch.float64"
    with pytest.raises(TypeError, match=words):
        kind(runner, 1)(random(2, 5, 3))


@pytest.mark.errors
@READ_OUTS
def test_lengths(kind):
    model, x = kind(Recurrent(SRNCell(3, 4)), 1), torch.zeros(2, 5, 3)
    for wrong in ([0, 5], [6, 5]):
        with pytest.raises(ValueError, match=r"lengths must lie in 1\.\.T=5, got"):
            model(x, wrong)
    with pytest.raises(ShapeError, match=r"lengths must have shape \[2\]"):
        model(x, [5])
    with pytest.raises(TypeError, match=rf"{kind.__name__}: lengths need a runner of this library"):
        kind(nn.GRU(3, 4, batch_first=True), 1)(x, [5, 5])
