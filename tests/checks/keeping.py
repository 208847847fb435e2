"""What must survive: weights through copies, the dtype, repetition, and the arguments of a call."""

import copy
import pickle

import torch

from seqgraph.core import state_tensors
from tests.checks.numbers import fill, gap, random, same_bits
from tests.checks.runners import LENGTHS, B, Build, I, T, start


def check_copies(build: Build) -> None:
    """Weights survive state_dict, deepcopy and pickle; a copy shares nothing."""
    runner, other, x = build(), build(), random(B, T, I)
    state = start(runner, x)
    expected = runner(x, state)
    fill(other, seed=99)
    assert gap(expected, other(x, state)) > 1e-3
    other.load_state_dict(runner.state_dict(), strict=True)
    for twin in (other, copy.deepcopy(runner), pickle.loads(pickle.dumps(runner))):
        assert same_bits(expected, twin(x, state))
        fill(twin, seed=99)
        assert same_bits(expected, runner(x, state))


def check_dtypes(build: Build) -> None:
    for dtype in (torch.float32, torch.float64):
        runner = build().to(dtype)
        outputs, last = runner(random(B, T, I).to(dtype), None, LENGTHS)
        assert {outputs.dtype, *(tensor.dtype for tensor in state_tensors(last))} == {dtype}


def check_deterministic(build: Build) -> None:
    """Training repeats with its seed; evaluation needs no seed; arguments are never written to."""
    runner, x = build(), random(B, T, I)
    torch.manual_seed(5)
    first = runner(x)
    torch.manual_seed(5)
    assert same_bits(first, runner(x))
    runner.eval()
    assert same_bits(runner(x), runner(x))
    state = start(runner, x)
    before = copy.deepcopy((x, state))
    runner(x, state, LENGTHS)
    assert same_bits(before, (x, state))
