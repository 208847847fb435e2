"""Sums, means, maxima and softmax over segments, against PyG and against plain loops."""

import pytest
import torch
from torch_geometric.utils import scatter, softmax

from seqgraph.core import ShapeError, segment_max, segment_mean, segment_softmax, segment_sum
from tests.checks.numbers import DEVICES, TIGHT, gap, random

OPERATIONS = {"sum": segment_sum, "mean": segment_mean, "max": segment_max, "softmax": segment_softmax}
POOLS = {name: OPERATIONS[name] for name in ("sum", "mean", "max")}
EVERY = pytest.mark.parametrize("name", OPERATIONS)
SEGMENTS = 5
INDEX = torch.tensor([3, 0, 3, 1, 0, 3, 1, 3])  # 2 and 4 are empty, nothing is sorted
TAILS = [(), (3,), (2, 3)]


def pyg(name: str, values: torch.Tensor, index: torch.Tensor) -> torch.Tensor:
    if name == "softmax":
        return softmax(values, index, num_nodes=SEGMENTS)
    return scatter(values, index, dim=0, dim_size=SEGMENTS, reduce=name)


@EVERY
@pytest.mark.parametrize("tail", TAILS)
def test_outputs_and_gradients_are_pygs(name, tail):
    results = []
    for operation in (OPERATIONS[name], lambda v, i, _: pyg(name, v, i)):
        values = random(len(INDEX), *tail).requires_grad_()
        outcome = operation(values, INDEX, SEGMENTS)
        (gradient,) = torch.autograd.grad((outcome * random(*outcome.shape, seed=1)).sum(), values)
        results.append((outcome, gradient))
    assert gap(*results) <= TIGHT


@EVERY
def test_segment_by_segment(name):
    values = random(len(INDEX), 3)
    outcome = OPERATIONS[name](values, INDEX, SEGMENTS)
    for segment in INDEX.unique():
        here = torch.eq(INDEX, segment)
        if name == "softmax":
            assert gap(outcome[here], values[here].softmax(0)) <= TIGHT
        else:
            whole = {"sum": torch.sum, "mean": torch.mean, "max": torch.amax}[name]
            assert gap(outcome[segment], whole(values[here], 0)) <= TIGHT


@pytest.mark.parametrize("name", POOLS)
def test_an_empty_segment_is_zero_even_below_negative_numbers(name):
    outcome = POOLS[name](-random(len(INDEX), 2).abs() - 1, INDEX, SEGMENTS)
    assert outcome[[2, 4]].tolist() == [[0.0, 0.0]] * 2
    assert (outcome[[0, 1, 3]] < 0).all()


@EVERY
def test_no_entries_and_no_segments(name):
    none = torch.zeros(0, dtype=torch.int64)
    outcome = OPERATIONS[name](random(0, 3), none, 4)
    assert outcome.shape == ((0, 3) if name == "softmax" else (4, 3))
    assert torch.count_nonzero(outcome) == 0
    assert OPERATIONS[name](random(0, 3), none, 0).shape == (0, 3)


def test_shares_sum_to_one_and_huge_scores_are_safe():
    scores = random(len(INDEX), 2) * 1e4
    shares = segment_softmax(scores, INDEX, SEGMENTS)
    sums = segment_sum(shares, INDEX, SEGMENTS)
    present = torch.tensor([1.0, 1.0, 0.0, 1.0, 0.0], dtype=torch.float64)[:, None].expand(-1, 2)
    assert gap(sums, present) <= TIGHT
    shifted = segment_softmax(scores + 1e4, INDEX, SEGMENTS)
    assert gap(shares, shifted) <= 1e-9  # 1e4 added to 1e4 leaves twelve digits of the differences


@EVERY
def test_numerical_derivatives(name):
    values = random(len(INDEX), 2).requires_grad_()
    assert torch.autograd.gradcheck(lambda v: OPERATIONS[name](v, INDEX, SEGMENTS), values)


@EVERY
def test_order_of_the_rows_does_not_matter(name):
    values, order = random(len(INDEX), 2), torch.randperm(len(INDEX))
    one = OPERATIONS[name](values, INDEX, SEGMENTS)
    two = OPERATIONS[name](values[order], INDEX[order], SEGMENTS)
    assert gap(one[order] if name == "softmax" else one, two) <= TIGHT


def test_equal_maxima_share_the_gradient():
    values = torch.ones(4, dtype=torch.float64, requires_grad=True)
    segment_max(values, torch.tensor([0, 0, 0, 1]), 2).sum().backward()
    assert gap(values.grad, torch.tensor([1 / 3, 1 / 3, 1 / 3, 1.0], dtype=torch.float64)) <= TIGHT


@EVERY
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("whole", [torch.int64, torch.int32])
@pytest.mark.parametrize("device", DEVICES)
def test_dtype_and_device_are_those_of_the_values(name, dtype, whole, device):
    values = random(len(INDEX), 2).to(device, dtype)
    outcome = OPERATIONS[name](values, INDEX.to(device, whole), SEGMENTS)
    assert (outcome.dtype, outcome.device.type) == (dtype, device)


@pytest.mark.errors
@EVERY
def test_what_is_refused(name):
    call, what = OPERATIONS[name], "scores" if name == "softmax" else "values"
    with pytest.raises(ShapeError, match=rf"index must have shape \[8\] \(one a row of {what}\)"):
        call(random(8, 2), INDEX[:5], SEGMENTS)
    with pytest.raises(ValueError, match=r"index must lie in 0\.\.2, got 0\.\.3"):
        call(random(8, 2), INDEX, 3)
    with pytest.raises(ValueError, match=r"index must lie in 0\.\.4, got -1\.\.2"):
        call(random(8, 2), INDEX - 1, SEGMENTS)
    with pytest.raises(TypeError, match=r"index must be int64 or int32, got torch.float64"):
        call(random(8, 2), INDEX.double(), SEGMENTS)
    with pytest.raises(TypeError, match=f"{what} must be a floating-point tensor, got torch.int64"):
        call(INDEX, INDEX, SEGMENTS)
    with pytest.raises(ShapeError, match=rf"{what} must have shape \[E, ...\], got \[\]"):
        call(torch.tensor(1.0), INDEX, SEGMENTS)
    with pytest.raises(ValueError, match="num_segments must be a whole number of at least 0, got -1"):
        call(random(8, 2), INDEX, -1)
