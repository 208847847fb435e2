"""Clipping against torch's and against the formula."""

import math

import pytest
import torch
from torch import nn

from seqgraph.optim import clip_by_norm, clip_by_value
from tests.checks.numbers import DEVICES, TIGHT, gap, random, same_bits

SHAPES = [(3, 4), (5,), (2, 2, 2)]
BOTH = pytest.mark.parametrize("clip", [clip_by_value, clip_by_norm])


def parameters(scale=1.0, dtype=torch.float64, device="cpu"):
    made = [nn.Parameter(torch.zeros(shape, dtype=dtype, device=device)) for shape in SHAPES]
    for number, theta in enumerate(made):
        theta.grad = (scale * random(*theta.shape, seed=number)).to(theta)
    return [*made, nn.Parameter(torch.zeros(2, dtype=dtype, device=device))]  # the last has no gradient


def joined(some):
    return torch.cat([theta.grad.flatten() for theta in some if theta.grad is not None])


@pytest.mark.parametrize("v", [0.1, 1.0, 2.0, 100.0, math.inf])
def test_by_value_is_torchs(v):
    ours, theirs = parameters(), parameters()
    assert clip_by_value(ours, v) is None
    nn.utils.clip_grad_value_(theirs, v)
    assert gap(joined(ours), joined(theirs)) <= TIGHT


@pytest.mark.parametrize("v", [0.1, 1.0, 2.0, 100.0, math.inf])
def test_by_norm_is_the_formula(v):
    ours, g = parameters(), joined(parameters())
    norm = math.sqrt(sum(value * value for value in g.tolist()))
    assert abs(clip_by_norm(ours, v) - norm) <= TIGHT
    assert (joined(ours) - min(1, v / norm) * g).abs().max() <= TIGHT


@pytest.mark.parametrize("v", [0.1, 100.0])
def test_by_norm_is_torchs_up_to_its_small_number(v):
    ours, theirs = parameters(), parameters()
    norm = nn.utils.clip_grad_norm_(theirs, v).item()
    assert abs(clip_by_norm(ours, v) - norm) <= TIGHT
    factor = (norm + 1e-6) / norm if v < norm else 1.0
    assert (joined(ours) - factor * joined(theirs)).abs().max() <= TIGHT
    assert (joined(ours) - joined(theirs)).abs().max() <= 1e-6


def test_the_norm_afterwards_is_v():
    some = parameters(scale=50.0)
    assert clip_by_norm(some, 3.0) > 3
    assert abs(clip_by_norm(some, 3.0) - 3) <= TIGHT


def test_by_norm_keeps_the_direction_and_by_value_does_not():
    """The chapter's numbers: (3, 0.5) clipped by value at 1 has cosine 0.956 with what it was."""
    g = torch.tensor([3.0, 0.5], dtype=torch.float64)
    cosines = []
    for clip in (clip_by_value, clip_by_norm):
        theta = nn.Parameter(torch.zeros_like(g))
        theta.grad = g.clone()
        clip(theta, 1.0)
        cosines.append(torch.nn.functional.cosine_similarity(theta.grad, g, dim=0).item())
    assert cosines[0] == pytest.approx(0.956, abs=5e-4)
    assert abs(cosines[1] - 1) <= TIGHT


@BOTH
def test_one_tensor_an_iterator_or_a_list_are_alike(clip):
    module, results = nn.Linear(3, 2).double(), []
    for hand_in in (list, iter, tuple):
        for number, theta in enumerate(module.parameters()):
            theta.grad = random(*theta.shape, seed=number)
        clip(hand_in(list(module.parameters())), 0.1)
        results.append(joined(module.parameters()))
    assert same_bits(results[0], results[1])
    assert same_bits(results[0], results[2])
    alone = nn.Parameter(torch.zeros(1))
    alone.grad = torch.ones(1)
    clip(alone, 0.5)
    assert alone.grad.item() == pytest.approx(0.5)


def test_nothing_to_clip():
    assert clip_by_norm([], 1.0) == 0
    assert clip_by_norm(nn.Parameter(torch.zeros(2)), 1.0) == 0
    assert clip_by_value([], 1.0) is None
    zero = nn.Parameter(torch.zeros(2))
    zero.grad = torch.zeros(2)
    assert clip_by_norm(zero, 1.0) == 0
    assert same_bits(zero.grad, torch.zeros(2))


def test_a_large_float32_gradient_does_not_overflow():
    theta = nn.Parameter(torch.zeros(2))
    theta.grad = torch.tensor([3e30, 4e30])
    assert abs(clip_by_norm(theta, 1.0) / 5e30 - 1) < 1e-6
    torch.testing.assert_close(theta.grad, torch.tensor([0.6, 0.8]))


@pytest.mark.parametrize("device", DEVICES)
def test_devices(device):
    here, there = parameters(), parameters(device=device)
    assert abs(clip_by_norm(here, 0.5) - clip_by_norm(there, 0.5)) <= TIGHT
    assert (joined(here) - joined(there).cpu()).abs().max() <= TIGHT


def test_by_value_makes_infinity_finite_and_keeps_nan():
    theta = nn.Parameter(torch.zeros(3))
    theta.grad = torch.tensor([math.inf, -math.inf, math.nan])
    clip_by_value(theta, 2.0)
    assert theta.grad[:2].tolist() == [2, -2]
    assert theta.grad[2].isnan()


@pytest.mark.errors
@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_norm_that_is_not_finite_is_refused_and_nothing_changes(bad):
    good, broken = nn.Parameter(torch.zeros(2)), nn.Parameter(torch.zeros(1))
    good.grad, broken.grad = torch.tensor([30.0, 40.0]), torch.tensor([bad])
    with pytest.raises(ValueError, match="clip_by_norm: the norm of the gradient must be finite, got"):
        clip_by_norm([good, broken], 1.0)
    assert good.grad.tolist() == [30, 40]


@pytest.mark.errors
@BOTH
@pytest.mark.parametrize("v", [0, -1.0, math.nan, True, "1", None])
def test_a_wrong_v_is_refused(clip, v):
    with pytest.raises(ValueError, match=f"{clip.__name__}: v must be a finite number above 0, got"):
        clip(parameters(), v)


@pytest.mark.errors
@BOTH
def test_what_is_no_dense_tensor_is_refused(clip):
    with pytest.raises(TypeError, match=f"{clip.__name__}: parameters must be tensors, got str"):
        clip(["weight"], 1.0)
    table = nn.Embedding(3, 2, sparse=True)
    table(torch.tensor([1])).sum().backward()
    with pytest.raises(TypeError, match=f"{clip.__name__}: gradients must be dense"):
        clip(table.parameters(), 1.0)
