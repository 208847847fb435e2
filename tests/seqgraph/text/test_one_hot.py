"""One-hot vectors are PyTorch's, as numbers that can be multiplied."""

import pytest
import torch

from seqgraph.text import one_hot
from tests.checks.numbers import generator, same_bits


@pytest.mark.parametrize("shape", [(), (7,), (2, 3), (2, 0)])
def test_against_torch(shape):
    indices = torch.randint(6, shape, generator=generator())
    assert same_bits(one_hot(indices, 6), torch.nn.functional.one_hot(indices, 6).float())


def test_the_example_of_the_lecture_has_1999_zeros():
    vector = one_hot(torch.tensor(1), 2000)
    assert vector.shape == (2000,)
    assert (vector == 0).sum() == 1999
    assert vector[1] == 1


def test_any_two_different_words_are_equally_far_apart():
    vectors = one_hot(torch.arange(9), 9)
    assert same_bits(vectors @ vectors.T, torch.eye(9))


def test_dtype_is_as_asked():
    assert one_hot(torch.tensor([1]), 2, dtype=torch.float64).dtype == torch.float64
    assert one_hot(torch.tensor([1]), 2).dtype == torch.get_default_dtype()


@pytest.mark.errors
@pytest.mark.parametrize("size", [0, -1, 2.0, True])
def test_a_wrong_size_is_refused(size):
    with pytest.raises(ValueError, match="one_hot: vocabulary_size must be a whole number of at least 1"):
        one_hot(torch.tensor([0]), size)
