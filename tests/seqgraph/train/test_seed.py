"""Seeds."""

import pytest
import torch

from seqgraph.train import seeded
from tests.checks.numbers import same_bits


def test_it_seeds_both_streams():
    first = torch.rand(3, generator=seeded(5)), torch.rand(3)
    second = torch.rand(3, generator=seeded(5)), torch.rand(3)
    assert same_bits(first, second)


def test_other_seeds_give_other_numbers():
    assert not same_bits(torch.rand(3, generator=seeded(1)), torch.rand(3, generator=seeded(2)))


@pytest.mark.errors
@pytest.mark.parametrize("seed", [-1, 0.5, True, "1", None])
def test_a_wrong_seed_is_refused(seed):
    with pytest.raises(ValueError, match="seed must be a whole number of at least 0"):
        seeded(seed)
