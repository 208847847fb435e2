"""Bilinear attention: a matrix, then scaled dot-product attention."""

from math import sqrt

import pytest
import torch

from seqgraph.attention import BilinearAttention, scaled_dot_product
from seqgraph.core import ShapeError
from tests.checks.numbers import TIGHT, fill, generator, random

B, T, S, Q, K = 2, 3, 4, 5, 6


def make():
    return fill(BilinearAttention(Q, K).double())


def inputs():
    return random(B, T, Q, seed=1), random(B, S, K, seed=2)


def test_scores_are_the_bilinear_form():
    attention, (query, keys) = make(), inputs()
    _, weights = attention(query, keys)
    scores = torch.einsum("btq,kq,bsk->bts", query, attention.W.weight, keys) / sqrt(K)
    assert (weights - scores.softmax(-1)).abs().max() <= TIGHT


def test_with_the_unit_matrix_it_is_scaled_dot_product():
    attention = BilinearAttention(K, K).double()
    with torch.no_grad():
        attention.W.weight.copy_(torch.eye(K))
    query, keys, values = random(B, T, K, seed=1), random(B, S, K, seed=2), random(B, S, 2, seed=3)
    mask = torch.rand(B, T, S, generator=generator()) < 0.6
    for ours, theirs in zip(
        attention(query, keys, values, mask), scaled_dot_product(query, keys, values, mask), strict=True
    ):
        assert (ours - theirs).abs().max() <= TIGHT


def test_without_values_the_keys_are_mixed():
    attention, (query, keys) = make(), inputs()
    context, weights = attention(query, keys, mask=torch.tensor([[True] * S, [True, True, False, False]]))
    assert (context - weights @ keys).abs().max() <= TIGHT
    assert bool((weights[1, :, 2:] == 0).all())


def test_gradients():
    attention, (query, keys) = make(), inputs()
    parts = (query.requires_grad_(), keys.requires_grad_())
    assert torch.autograd.gradcheck(lambda *args: attention(*args)[0], parts)
    assert torch.autograd.gradcheck(lambda _: attention(query, keys)[0], attention.W.weight)


@pytest.mark.errors
def test_wrong_input_is_refused():
    query, keys = inputs()
    with pytest.raises(ShapeError, match=r"query must have shape \[B, T, 5\]"):
        make()(keys, keys)
    with pytest.raises(ShapeError, match=r"keys must have shape \[2, S, 6\]"):
        make()(query, query)
    with pytest.raises(TypeError, match=r"query must be torch\.float64 like the weights"):
        make()(query.float(), keys)
    with pytest.raises(ValueError, match="key_size must be a whole number of at least 1, got 0"):
        BilinearAttention(3, 0)
