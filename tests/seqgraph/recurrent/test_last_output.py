"""The read-out of the last output."""

import pytest
import torch
from torch import nn

from seqgraph.core import ShapeError
from seqgraph.recurrent import Bidirectional, GRUCell, LastOutput, Recurrent, SRNCell
from tests.checks.numbers import TIGHT, gap, random, same_bits


@pytest.mark.parametrize("lengths", [None, [2, 5, 1]])
def test_reads_the_last_step_of_each_sequence(lengths):
    model, x = LastOutput(Recurrent(GRUCell(3, 4)), 2).double(), random(3, 5, 3)
    alone = [x[b : b + 1, : 5 if lengths is None else lengths[b]] for b in range(3)]
    expected = torch.cat([model.V(model.runner(one)[0][:, -1]) for one in alone])
    assert gap(model(x, lengths), expected) <= TIGHT


def test_padding_never_matters():
    model, x = LastOutput(Recurrent(GRUCell(3, 4)), 2).double(), random(2, 5, 3)
    expected = model(x, [5, 2])
    x[1, 2:] = float("nan")
    assert same_bits(model(x, [5, 2]), expected)


@pytest.mark.parametrize(
    ("runner", "width"),
    [
        (nn.GRU(3, 4, batch_first=True), 4),
        (nn.LSTM(3, 4, batch_first=True, bidirectional=True), 8),
        (Bidirectional(SRNCell(3, 4), SRNCell(3, 5)), 9),
    ],
)
def test_widths(runner, width):
    model = LastOutput(runner, 2)
    assert model.V.in_features == width
    assert model(torch.zeros(1, 5, 3)).shape == (1, 2)


def test_width_of_a_projection():
    assert LastOutput(nn.LSTM(3, 4, batch_first=True, proj_size=2), 1).V.in_features == 2


@pytest.mark.errors
def test_sizes_and_runners():
    for size in (0, -1, 2.0, True, None):
        with pytest.raises(
            ValueError, match="LastOutput: output_size must be a whole number of at least 1, got"
        ):
            LastOutput(Recurrent(SRNCell(3, 4)), size)
    for runner in (SRNCell(3, 4), nn.LSTM(3, 4), nn.AdaptiveAvgPool1d(3), nn.Linear(3, 4), None):
        words = (
            rf"LastOutput: runner must be a runner or a batch-first torch.nn RNN, got {type(runner).__name__}"
        )
        with pytest.raises(TypeError, match=words):
            LastOutput(runner, 1)


@pytest.mark.errors
@pytest.mark.parametrize("runner", [Recurrent(SRNCell(3, 4)), nn.LSTM(3, 4, batch_first=True)])
@pytest.mark.parametrize("shape", [(5, 3), (2, 5, 4), (2, 0, 3), (0, 5, 3), (3,)])
def test_inputs(runner, shape):
    with pytest.raises(ShapeError, match=r"LastOutput: x must have shape \[B, T, 3\] \(input_size=3\), got"):
        LastOutput(runner, 1)(torch.zeros(shape))
    with pytest.raises(
        TypeError, match=r"LastOutput: x must be torch.float32 like the weights, got torch.float64"
    ):
        LastOutput(runner, 1)(random(2, 5, 3))


@pytest.mark.errors
def test_lengths():
    model, x = LastOutput(Recurrent(SRNCell(3, 4)), 1), torch.zeros(2, 5, 3)
    for wrong in ([0, 5], [6, 5]):
        with pytest.raises(ValueError, match=r"LastOutput: lengths must lie in 1\.\.T=5, got"):
            model(x, wrong)
    with pytest.raises(ShapeError, match=r"LastOutput: lengths must have shape \[2\]"):
        model(x, [5])
    with pytest.raises(
        TypeError, match=r"LastOutput: lengths need a runner of this library, got a torch.nn one"
    ):
        LastOutput(nn.GRU(3, 4, batch_first=True), 1)(x, [5, 5])
