"""Co-occurrence counts equal those of a plain loop over all pairs of places."""

import pytest
import torch

from seqgraph.text import cooccurrence
from tests.checks.numbers import generator, same_bits


def by_loop(texts, V, window):
    counts = torch.zeros(V, V)
    for text in texts:
        words = text.tolist()
        for t, word in enumerate(words):
            for s, other in enumerate(words):
                if 0 < abs(t - s) <= window:
                    counts[word, other] += 1
    return counts


@pytest.mark.parametrize("window", [1, 2, 5, 50])
def test_against_a_loop(window):
    texts = [torch.randint(6, (n,), generator=generator(n)) for n in (1, 2, 9, 30)]
    counts = cooccurrence(texts, 6, window)
    assert same_bits(counts, by_loop(texts, 6, window))
    assert same_bits(counts, counts.T)


def test_no_pair_reaches_into_the_next_text():
    apart = cooccurrence([torch.tensor([0, 1]), torch.tensor([2, 0])], 3, 2)
    together = cooccurrence([torch.tensor([0, 1, 2, 0])], 3, 2)
    assert apart[1, 2] == 0
    assert together[1, 2] == 1


def test_a_text_of_one_word_or_none_counts_nothing():
    assert cooccurrence([torch.tensor([1]), torch.zeros(0, dtype=torch.int64)], 2, 3).sum() == 0


@pytest.mark.errors
@pytest.mark.parametrize(("size", "window", "name"), [(0, 1, "vocabulary_size"), (2, 0, "window")])
def test_wrong_sizes_are_refused(size, window, name):
    with pytest.raises(ValueError, match=f"cooccurrence: {name} must be a whole number of at least 1"):
        cooccurrence([], size, window)
