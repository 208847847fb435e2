"""Skip-gram: the loss against a loop over pairs, its minimum against PMI, and a tiny text learned."""

import math

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.text import (
    SkipGram,
    context_share,
    cooccurrence,
    cosine_similarity,
    noise_counts,
    pointwise_mutual_information,
    skip_gram_loss,
)
from tests.checks.numbers import TIGHT, gap, generator, random


def some_counts(V: int = 6) -> torch.Tensor:
    counts = torch.randint(1, 9, (V, V), generator=generator(1)).double()
    return counts + counts.T


def test_scores_are_inner_products_of_two_tables():
    model = SkipGram(5, 3).double()
    words = torch.tensor([4, 0, 4])
    scores = model(words)
    for row, word in enumerate(words.tolist()):
        for other in range(5):
            expected = model.words.weight[word] @ model.contexts.weight[other]
            assert gap(scores[row, other], expected) <= TIGHT


def test_the_loss_is_the_mean_over_true_pairs_and_all_made_up_ones():
    counts, scores, kappa = some_counts(), random(6, 6), 3.0
    share = context_share(counts, 0.75).tolist()
    total = 0.0
    for w in range(6):
        for true in range(6):
            for _ in range(int(counts[w, true])):  # one true pair, and kappa times the mean made-up one
                total -= math.log(torch.sigmoid(scores[w, true]))
                made_up = (share[v] * math.log(torch.sigmoid(-scores[w, v])) for v in range(6))
                total -= kappa * sum(made_up)
    loss = skip_gram_loss(scores, counts, noise_counts(counts, kappa, 0.75))
    assert abs(loss.item() - total / counts.sum().item()) <= TIGHT


@pytest.mark.parametrize(("kappa", "power"), [(1.0, 1.0), (5.0, 0.75)])
def test_without_a_limit_on_the_size_the_best_scores_are_pmi_minus_log_kappa(kappa, power):
    counts = some_counts()
    best = pointwise_mutual_information(counts, power) - math.log(kappa)
    scores, noise = best.clone().requires_grad_(), noise_counts(counts, kappa, power)
    skip_gram_loss(scores, counts, noise).backward()
    assert scores.grad.abs().max() <= TIGHT
    lowest = skip_gram_loss(best, counts, noise)
    for seed in range(5):
        assert skip_gram_loss(best + 0.1 * random(6, 6, seed=seed), counts, noise) > lowest


def test_made_up_pairs_are_kappa_times_as_many():
    counts = some_counts()
    noise = noise_counts(counts, 4.0)
    assert gap(noise.sum(1), 4 * counts.sum(1)) <= TIGHT


def test_gradcheck():
    counts = some_counts()
    noise = noise_counts(counts)
    assert torch.autograd.gradcheck(lambda s: skip_gram_loss(s, counts, noise), random(6, 6).requires_grad_())


def test_words_with_the_same_neighbours_come_to_lie_together():
    # 0 and 1 stand only between 2 and 3; 4 stands between 5 and 6.
    generator_ = generator()
    texts = [torch.tensor([2, int(torch.randint(2, (), generator=generator_)), 3]) for _ in range(40)]
    texts += [torch.tensor([5, 4, 6]) for _ in range(20)]
    counts = cooccurrence(texts, 7, 1)
    noise, model = noise_counts(counts), SkipGram(7, 4)
    adam = torch.optim.Adam(model.parameters(), lr=0.05)
    losses = []
    for _ in range(150):
        adam.zero_grad()
        loss = skip_gram_loss(model(torch.arange(7)), counts, noise)
        loss.backward()
        adam.step()
        losses.append(loss.item())
    cosines = cosine_similarity(model.words.weight.detach())
    assert losses[-1] < 0.7 * losses[0]
    assert cosines[0, 1] > 0.8
    assert cosines[0, 4] < 0.5


@pytest.mark.errors
def test_errors():
    with pytest.raises(ShapeError, match=r"must have one shape, got \[2, 3\], \[3, 3\] and \[3, 3\]"):
        skip_gram_loss(torch.zeros(2, 3), torch.ones(3, 3), torch.ones(3, 3))
    for negatives in (0, -1.0, float("nan")):
        with pytest.raises(ValueError, match="noise_counts: negatives must be a finite number above 0, got"):
            noise_counts(some_counts(), negatives)
