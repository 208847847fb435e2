"""The time-delay network against causal dilated convolution, by hand, and what it can and cannot remember."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from seqgraph.core import ShapeError
from seqgraph.data import lag_detection
from seqgraph.timeseries import TDNN, DelayLayer
from tests.checks.numbers import DEVICES, TIGHT, fill, generator, random, same_bits


def as_convolution(layer):
    """The same weights in a torch.nn.Conv1d, whose taps run from the oldest to the newest."""
    conv = nn.Conv1d(layer.input_size, layer.output_size, layer.lags + 1, dilation=layer.dilation).double()
    taps = layer.W.weight.view(layer.output_size, layer.lags + 1, layer.input_size)
    with torch.no_grad():
        conv.weight.copy_(taps.permute(0, 2, 1).flip(-1))
        conv.bias.copy_(layer.W.bias)
    return conv


@pytest.mark.parametrize(("lags", "dilation"), [(0, 1), (1, 1), (4, 1), (2, 3), (1, 8), (3, 20)])
def test_equals_causal_dilated_convolution(lags, dilation):
    layer = fill(DelayLayer(3, 5, lags, dilation).double())
    conv = as_convolution(layer)
    ours, theirs = random(2, 16, 3).requires_grad_(), random(2, 16, 3).requires_grad_()
    y = layer(ours)
    z = torch.tanh(conv(F.pad(theirs.transpose(1, 2), (lags * dilation, 0)))).transpose(1, 2)
    assert y.shape == (2, 16, 5)
    assert (y - z).abs().max() < TIGHT
    y.square().sum().backward()
    z.square().sum().backward()
    assert (ours.grad - theirs.grad).abs().max() < TIGHT
    taps = conv.weight.grad.flip(-1).permute(0, 2, 1).reshape(5, -1)
    assert (layer.W.weight.grad - taps).abs().max() < 1e-11


def test_gradients_are_right():
    layer = fill(DelayLayer(2, 3, 2, 2).double())
    assert torch.autograd.gradcheck(layer, (random(2, 6, 2).requires_grad_(),))


def test_by_hand():
    layer = DelayLayer(1, 1, lags=1, dilation=2, f=torch.relu).double()
    with torch.no_grad():
        layer.W.weight.copy_(torch.tensor([[1.0, -1.0]]))
        layer.W.bias.fill_(0.5)
    x = torch.tensor([1.0, 2.0, 3.0, 1.0]).double()[None, :, None]
    assert layer(x).flatten().tolist() == [1.5, 2.5, 2.5, 0.0]  # 3 - 1 + 0.5, max(0, 1 - 2 + 0.5)


@pytest.mark.parametrize(("lags", "dilation"), [(0, 1), (2, 1), (2, 3)])
def test_step_by_step_and_in_two_pieces_it_is_the_same(lags, dilation):
    layer, x = fill(DelayLayer(2, 3, lags, dilation).double()), random(4, 11, 2)
    whole, line, one_by_one = layer(x), layer.initial_line(x), []
    for x_t in x.unbind(1):
        h, line = layer.step(x_t, line)
        one_by_one.append(h)
    assert line.shape == (4, layer.memory, 2)
    assert (torch.stack(one_by_one, dim=1) - whole).abs().max() < TIGHT
    assert same_bits(line, x[:, 11 - layer.memory :])
    before = torch.cat([layer.initial_line(x), x[:, :5]], dim=1)[:, 5:]
    assert (layer(x[:, 5:], before) - whole[:, 5:]).abs().max() < TIGHT


@pytest.mark.parametrize("dilations", [(1,), (1, 2), (1, 2, 4)])
def test_the_output_sees_exactly_its_memory(dilations):
    model = fill(TDNN(1, 4, 2, lags=2, dilations=dilations).double())
    assert model.memory == 2 * sum(dilations)
    x = random(1, 40, 1).requires_grad_()
    model(x)[0, 30].sum().backward()
    seen = x.grad[0, :, 0].abs() > 0
    assert seen.nonzero().flatten().tolist() == list(range(30 - model.memory, 31))


def test_sequences_do_not_mix():
    model, x = fill(TDNN(2, 4, 3, lags=1).double()), random(3, 7, 2)
    assert (model(x)[1:2] - model(x[1:2])).abs().max() < TIGHT


def accuracy(lag, lags, updates=80):
    source, model = generator(1), TDNN(1, 8, 2, lags)
    adam = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(updates):
        x, y = lag_detection(16, 30, lag, source)
        adam.zero_grad()
        F.cross_entropy(model(x).flatten(0, 1), y.flatten()).backward()
        adam.step()
    x, y = lag_detection(200, 30, lag, source)
    return (model(x).argmax(-1) == y)[y >= 0].double().mean().item()


def test_it_detects_what_lies_inside_its_window_and_nothing_else():
    assert accuracy(0, 2) > 0.999
    assert accuracy(2, 2) > 0.999
    assert abs(accuracy(3, 2) - 0.5) < 0.04


@pytest.mark.parametrize("device", DEVICES)
def test_devices(device):
    model = TDNN(2, 4, 3, lags=2, dilations=(1, 2)).to(device)
    assert model(torch.zeros(2, 5, 2, device=device)).device.type == device


@pytest.mark.errors
def test_wrong_arguments_are_refused():
    with pytest.raises(
        ValueError, match=r"DelayLayer: input_size must be a whole number of at least 1, got 0"
    ):
        DelayLayer(0, 1, 1)
    with pytest.raises(ValueError, match=r"DelayLayer: output_size must be a whole number of at least 1"):
        DelayLayer(1, 0, 1)
    with pytest.raises(ValueError, match=r"DelayLayer: lags must be a whole number of at least 0, got -1"):
        DelayLayer(1, 1, -1)
    with pytest.raises(ValueError, match=r"DelayLayer: dilation must be a whole number of at least 1, got 0"):
        DelayLayer(1, 1, 1, 0)
    with pytest.raises(ValueError, match=r"TDNN: dilations must hold at least one number"):
        TDNN(1, 1, 1, 1, ())
    with pytest.raises(ValueError, match=r"TDNN: output_size must be a whole number of at least 1, got 0"):
        TDNN(1, 1, 0, 1)
    with pytest.raises(ShapeError, match=r"x must have shape \[B, T, 2\] \(input_size=2\), got \[1, 5, 3\]"):
        TDNN(2, 1, 1, 1)(torch.zeros(1, 5, 3))
    with pytest.raises(TypeError, match=r"DelayLayer: x must be torch.float32 like the weights"):
        DelayLayer(1, 1, 1)(torch.zeros(1, 5, 1, dtype=torch.float64))
    with pytest.raises(
        ShapeError, match=r"line must have shape \[2, 3, 1\] \(lags=3, dilation=1\), got \[2, 2, 1\]"
    ):
        DelayLayer(1, 1, 3)(torch.zeros(2, 5, 1), torch.zeros(2, 2, 1))
