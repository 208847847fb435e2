"""Cosines and nearest neighbours, against PyTorch and by hand."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.text import cosine_similarity, nearest, one_hot
from tests.checks.numbers import TIGHT, TIGHT32, gap, random, same_bits


def test_against_torch():
    x = random(7, 4)
    expected = torch.nn.functional.cosine_similarity(x[:, None], x[None], dim=-1)
    assert gap(cosine_similarity(x), expected) <= TIGHT


def test_length_does_not_matter_and_a_zero_vector_is_near_nothing():
    x = random(4, 3)
    scaled = x * torch.tensor([1.0, 20.0, 0.3, 5.0], dtype=torch.float64)[:, None]
    assert gap(cosine_similarity(x), cosine_similarity(scaled)) <= TIGHT
    x[2] = 0
    cosines = cosine_similarity(x)
    assert same_bits(cosines[2], torch.zeros(4, dtype=torch.float64))


def test_in_one_hot_space_no_word_is_near_another():
    assert gap(cosine_similarity(one_hot(torch.arange(6), 6)), torch.eye(6)) <= TIGHT32


def test_nearest_by_hand():
    x = torch.tensor([[1.0, 0.0], [5.0, 5.0], [0.0, 1.0], [9.0, 1.0], [-1.0, 0.0]])
    assert nearest(x, 0, 4).tolist() == [3, 1, 2, 4]
    assert nearest(x, 0, 1).tolist() == [3]


def test_nearest_is_the_order_of_the_cosines_without_the_word_itself():
    x = random(20, 5)
    cosines = cosine_similarity(x)
    for word in range(20):
        expected = [v for v in cosines[word].argsort(descending=True).tolist() if v != word]
        assert nearest(x, word, 19).tolist() == expected


@pytest.mark.errors
def test_errors():
    x = torch.ones(3, 2)
    for word in (-1, 3):
        with pytest.raises(ValueError, match=rf"nearest: word must be a whole number in 0\.\.2, got {word}"):
            nearest(x, word, 1)
    for k in (0, 3):
        with pytest.raises(ValueError, match=rf"nearest: k must be a whole number in 1\.\.2, got {k}"):
            nearest(x, 0, k)
    for call in (lambda: nearest(x[0], 0), lambda: cosine_similarity(x[0])):
        with pytest.raises(ShapeError, match=r"vectors must have shape \[V, D\], got \[2\]"):
            call()
