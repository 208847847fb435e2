"""Weights behind a mask: softmax over what is seen, zeros elsewhere, never NaN."""

import pytest
import torch

from seqgraph.attention import masked_softmax
from seqgraph.core import ShapeError
from tests.checks.numbers import TIGHT, gap, generator, random, same_bits


def masks(*shape, seed=0):
    return torch.rand(*shape, generator=generator(seed)) < 0.6


def test_without_a_mask_it_is_softmax():
    scores = random(2, 3, 4)
    assert gap(masked_softmax(scores), scores.softmax(-1)) <= TIGHT


def test_each_row_is_a_softmax_over_the_places_seen():
    scores, mask = random(4, 5, 6), masks(4, 5, 6)
    mask[..., 0] = True
    weights = masked_softmax(scores, mask)
    for b in range(4):
        for t in range(5):
            seen = mask[b, t]
            exps = [score.exp().item() for score in scores[b, t, seen]]
            expected = torch.tensor([e / sum(exps) for e in exps], dtype=torch.float64)
            assert (weights[b, t, seen] - expected).abs().max() <= TIGHT
            assert bool((weights[b, t, ~seen] == 0).all())


def test_a_mask_of_sequences_is_the_same_mask_for_each_query():
    scores, mask = random(4, 5, 6), masks(4, 6)
    each = mask[:, None].expand(4, 5, 6)
    assert gap(masked_softmax(scores, mask), masked_softmax(scores, each)) <= TIGHT


def test_what_is_hidden_does_not_matter():
    scores, mask = random(2, 3, 4), masks(2, 3, 4)
    other = torch.where(mask, scores, torch.full_like(scores, 1e9))
    assert same_bits(masked_softmax(scores, mask), masked_softmax(other, mask))
    for hidden in (-1e300, float("nan"), float("inf")):
        assert same_bits(masked_softmax(scores, mask), masked_softmax(other.masked_fill(~mask, hidden), mask))


def test_nothing_to_see_gives_zeros_and_finite_gradients():
    scores = random(2, 3, 4).requires_grad_()
    mask = torch.ones(2, 3, 4, dtype=torch.bool)
    mask[0, 1] = False
    weights = masked_softmax(scores, mask)
    assert bool((weights[0, 1] == 0).all())
    assert (weights.sum(-1)[mask.any(-1)] - 1).abs().max() <= TIGHT
    (weights * random(2, 3, 4, seed=1)).sum().backward()
    assert bool(torch.isfinite(scores.grad).all())
    assert bool((scores.grad[0, 1] == 0).all())
    assert scores.grad[0, 0].abs().max() > 0


def test_gradients():
    mask = masks(2, 3, 4)
    assert torch.autograd.gradcheck(
        lambda scores: masked_softmax(scores, mask), random(2, 3, 4).requires_grad_()
    )


@pytest.mark.errors
@pytest.mark.parametrize(
    ("mask", "error", "text"),
    [
        (
            torch.ones(2, 4),
            TypeError,
            "mask must be a tensor of torch.bool .True = may be seen., got torch.float",
        ),
        ([[True]], TypeError, "mask must be a tensor of torch.bool .*, got list"),
        (torch.ones(2, 3, dtype=torch.bool), ShapeError, r"shape \[2, 4\] or \[2, 3, 4\] .*, got \[2, 3\]"),
        (torch.ones(4, dtype=torch.bool), ShapeError, r"got \[4\]"),
    ],
)
def test_wrong_masks_are_refused(mask, error, text):
    with pytest.raises(error, match=text):
        masked_softmax(random(2, 3, 4), mask)


@pytest.mark.errors
def test_wrong_scores_are_refused():
    with pytest.raises(ShapeError, match=r"scores must have shape \[B, T, S\], got \[3, 4\]"):
        masked_softmax(random(3, 4))
