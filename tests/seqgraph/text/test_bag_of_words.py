"""The bag counts words and forgets their order."""

from collections import Counter

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.text import bag_of_words, one_hot
from tests.checks.numbers import generator, same_bits


def test_by_hand():
    assert bag_of_words(torch.tensor([1, 2, 3, 4, 1]), 5).tolist() == [0, 2, 1, 1, 1]


def test_against_the_counter_of_python():
    indices = torch.randint(9, (4, 30), generator=generator())
    for text, bag in zip(indices.tolist(), bag_of_words(indices, 9).tolist(), strict=True):
        counts = Counter(text)
        assert bag == [counts[word] for word in range(9)]


def test_it_is_the_sum_of_the_one_hot_vectors_in_any_batch_shape():
    indices = torch.randint(7, (2, 3, 11), generator=generator())
    assert same_bits(bag_of_words(indices, 7), one_hot(indices, 7).sum(-2))
    assert bag_of_words(indices, 7, dtype=torch.float64).dtype == torch.float64


def test_order_does_not_matter_and_multiplicity_does():
    indices = torch.randint(7, (11,), generator=generator())
    bag = bag_of_words(indices, 7)
    for seed in range(5):
        assert same_bits(bag_of_words(indices[torch.randperm(11, generator=generator(seed))], 7), bag)
    assert not same_bits(bag_of_words(torch.cat([indices, indices[:1]]), 7), bag)


def test_an_empty_text_is_an_empty_bag():
    assert same_bits(bag_of_words(torch.zeros(0, dtype=torch.int64), 3), torch.zeros(3))


@pytest.mark.errors
def test_errors():
    with pytest.raises(ShapeError, match=r"bag_of_words: indices must have shape \[..., T\], got \[\]"):
        bag_of_words(torch.tensor(1), 3)
    with pytest.raises(ValueError, match="bag_of_words: vocabulary_size must be a whole number"):
        bag_of_words(torch.tensor([0]), 0)
