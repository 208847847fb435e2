"""Lengths of padded sequences. What they refuse: the battery."""

import numpy as np
import pytest
import torch

from seqgraph.core.lengths import present_steps
from tests.checks.numbers import same_bits


def test_no_lengths():
    assert present_steps("me", torch.zeros(2, 4, 1), None) is None


@pytest.mark.parametrize("lengths", [[3, 1], torch.tensor([3, 1]), torch.tensor([3, 1], dtype=torch.uint8)])
def test_present_until_the_end(lengths):
    present = present_steps("me", torch.zeros(2, 4, 1), lengths)
    assert present.tolist() == [[True, True, True, False], [True, False, False, False]]


@pytest.mark.errors
def test_arrays_and_tuples_are_welcome_too():
    x = torch.zeros(2, 4, 1)
    expected = present_steps("me", x, [3, 1])
    assert same_bits(expected, present_steps("me", x, (3, 1)))
    assert same_bits(expected, present_steps("me", x, np.array([3, 1])))


@pytest.mark.errors
def test_who_asks_is_named():
    with pytest.raises(ValueError, match=r"^me: lengths must lie in 1\.\.T=4, got 0\."):
        present_steps("me", torch.zeros(2, 4, 1), [0, 1])
