"""The key-word task: what stands in a batch, and that order matters with more than one mention only."""

import pytest
import torch

from seqgraph.data import key_word
from seqgraph.data.key_word import NUM_FILLERS
from tests.checks.numbers import generator


@pytest.mark.parametrize(("length", "classes", "mentions"), [(1, 2, 1), (10, 3, 1), (10, 4, 3), (5, 2, 5)])
def test_the_last_key_word_is_the_answer(length, classes, mentions):
    x, y = key_word(100, length, classes, mentions, generator())
    assert x.shape == (100, length, classes + NUM_FILLERS)
    assert y.dtype == torch.int64
    assert bool((x.sum(-1) == 1).all())
    symbols = x.argmax(-1)
    for b in range(100):
        keys = [s for s in symbols[b].tolist() if s < classes]
        assert len(keys) == mentions
        assert keys[-1] == y[b].item()


def test_classes_places_and_fillers_are_uniform():
    x, y = key_word(20000, 5, 4, 2, generator())
    assert (y.bincount() / 20000 - 1 / 4).abs().max() < 0.02
    assert (x[..., :4].sum(-1).mean(0) - 2 / 5).abs().max() < 0.02
    assert (x[..., 4:].mean((0, 1)) - 3 / 5 / NUM_FILLERS).abs().max() < 0.01


def test_counting_the_words_is_enough_for_one_mention_only():
    for mentions, low, high in ((1, 1.0, 1.0), (3, 0.45, 0.65)):
        x, y = key_word(4000, 12, 4, mentions, generator())
        best = (x[..., :4].sum(1).argmax(-1) == y).float().mean()
        assert low <= best <= high


@pytest.mark.errors
def test_refusals():
    for classes in (1, 2.0, True):
        with pytest.raises(ValueError, match="key_word: num_classes must be a whole number of at least 2"):
            key_word(4, 9, classes, 1, generator())
    for mentions in (0, 10, 1.0):
        with pytest.raises(
            ValueError, match=r"key_word: mentions must be a whole number in 1\.\.9 \(length=9\)"
        ):
            key_word(4, 9, 2, mentions, generator())
    with pytest.raises(ValueError, match="key_word: batch_size must be"):
        key_word(0, 9, 2, 1, generator())
    with pytest.raises(ValueError, match="key_word: length must be"):
        key_word(4, 0, 2, 1, generator())
    with pytest.raises(TypeError, match=r"key_word: generator must be a torch.Generator"):
        key_word(4, 9, 2, 1, None)
