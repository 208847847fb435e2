"""Scaled dot-product attention against torch's, against loops, and by hand."""

from math import exp, sqrt

import pytest
import torch

from seqgraph.attention import scaled_dot_product
from seqgraph.core import ShapeError
from tests.checks.numbers import DEVICES, TIGHT, generator, random

B, T, S, D, E = 3, 4, 5, 6, 2


def inputs():
    return random(B, T, D, seed=1), random(B, S, D, seed=2), random(B, S, E, seed=3)


def masks(*shape):
    mask = torch.rand(*shape, generator=generator()) < 0.6
    mask[..., 0] = True
    return mask


@pytest.mark.parametrize("mask", [None, masks(B, S), masks(B, T, S)], ids=["all", "sequences", "queries"])
@pytest.mark.parametrize("device", DEVICES)
def test_it_is_torchs(mask, device):
    q, k, v = (part.to(device).requires_grad_() for part in inputs())
    mask = None if mask is None else mask.to(device)
    each = mask[:, None] if mask is not None and mask.dim() == 2 else mask
    theirs = torch.nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=each)
    gradients = torch.autograd.grad(theirs.square().sum(), (q, k, v))
    ours, weights = scaled_dot_product(q, k, v, mask)
    assert (ours - theirs).abs().max() <= TIGHT
    for mine, other in zip(torch.autograd.grad(ours.square().sum(), (q, k, v)), gradients, strict=True):
        assert (mine - other).abs().max() <= TIGHT
    assert (weights.sum(-1) - 1).abs().max() <= TIGHT


def test_it_is_the_formula_written_with_loops():
    q, k, v = inputs()
    context, weights = scaled_dot_product(q, k, v)
    for b in range(B):
        for t in range(T):
            scores = [
                sum(x * y for x, y in zip(q[b, t].tolist(), k[b, s].tolist(), strict=True)) / sqrt(D)
                for s in range(S)
            ]
            total = sum(exp(score) for score in scores)
            alpha = [exp(score) / total for score in scores]
            assert max(abs(a - w) for a, w in zip(alpha, weights[b, t].tolist(), strict=True)) <= TIGHT
            for e in range(E):
                mixed = sum(alpha[s] * v[b, s, e].item() for s in range(S))
                assert abs(mixed - context[b, t, e].item()) <= TIGHT


def test_by_hand():
    """The chapter's numbers: scores ln 3, 0, 0 give the weights 3/5, 1/5, 1/5."""
    q = torch.tensor([[[torch.tensor(3.0).double().log().item(), 0.0, 0.0, 0.0]]], dtype=torch.float64)
    k = torch.zeros(1, 3, 4, dtype=torch.float64)
    k[0, 0, 0] = 2.0  # sqrt(D) = 2
    v = torch.tensor([[[10.0], [0.0], [5.0]]], dtype=torch.float64)
    context, weights = scaled_dot_product(q, k, v)
    assert (weights - torch.tensor([0.6, 0.2, 0.2], dtype=torch.float64)).abs().max() <= TIGHT
    assert abs(context.item() - 7.0) <= TIGHT


def test_the_order_of_the_places_does_not_matter():
    q, k, v = inputs()
    order = torch.randperm(S, generator=generator())
    context, weights = scaled_dot_product(q, k, v)
    turned, turned_weights = scaled_dot_product(q, k[:, order], v[:, order])
    assert (context - turned).abs().max() <= TIGHT
    assert (weights[..., order] - turned_weights).abs().max() <= TIGHT


def test_nothing_to_see_gives_a_context_of_zero_as_torch_does():
    q, k, v = inputs()
    mask = torch.ones(B, S, dtype=torch.bool)
    mask[1] = False
    context, weights = scaled_dot_product(q, k, v, mask)
    theirs = torch.nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None])
    assert bool((context[1] == 0).all())
    assert bool((weights[1] == 0).all())
    assert (context - theirs).abs().max() <= TIGHT


def test_gradients():
    mask = masks(B, T, S)
    mask[0, 0] = False
    q, k, v = (part.requires_grad_() for part in inputs())
    assert torch.autograd.gradcheck(lambda *args: scaled_dot_product(*args, mask), (q, k, v))


def test_the_scale_keeps_scores_at_variance_one():
    q, k = random(200, 1, 64, seed=1), random(200, 50, 64, seed=2)
    _, weights = scaled_dot_product(q, k, k)
    spread = weights.log().var(-1).mean()  # log weights are the scores up to a number per row
    assert 0.9 < spread < 1.1


@pytest.mark.errors
@pytest.mark.parametrize(
    ("shapes", "text"),
    [
        (((T, D), (B, S, D), (B, S, E)), r"query must have shape \[B, T, D\], got \[4, 6\]"),
        (((B, T, D), (B, S, D + 1), (B, S, E)), r"keys must have shape \[3, S, 6\] .*, got \[3, 5, 7\]"),
        (((B, T, D), (B + 1, S, D), (B, S, E)), r"keys must have shape \[3, S, 6\]"),
        (((B, T, D), (B, S, D), (B, S + 1, E)), r"values must have shape \[3, 5, D'\] .*, got \[3, 6, 2\]"),
        (((B, T, D), (B, 0, D), (B, 0, E)), "No axis may be empty"),
    ],
)
def test_wrong_shapes_are_refused(shapes, text):
    with pytest.raises(ShapeError, match=text):
        scaled_dot_product(*(random(*shape) for shape in shapes))
