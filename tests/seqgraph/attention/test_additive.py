"""Additive attention against the formula written with loops, and by hand."""

from math import exp, tanh

import pytest
import torch

from seqgraph.attention import AdditiveAttention
from seqgraph.core import ShapeError
from tests.checks.numbers import DEVICES, TIGHT, fill, generator, random

B, T, S, Q, K, H = 2, 3, 4, 5, 6, 7


def make():
    return fill(AdditiveAttention(Q, K, H).double())


def inputs():
    return random(B, T, Q, seed=1), random(B, S, K, seed=2)


def product(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix.tolist()]


def test_it_is_the_formula_written_with_loops():
    attention, (query, keys) = make(), inputs()
    context, weights = attention(query, keys)
    for b in range(B):
        for t in range(T):
            scores = []
            for s in range(S):
                read = product(attention.W.weight, query[b, t].tolist())
                key = product(attention.U.weight, keys[b, s].tolist())
                hidden = [tanh(x + y) for x, y in zip(read, key, strict=True)]
                scores += product(attention.V.weight, hidden)
            alpha = [exp(e) / sum(exp(other) for other in scores) for e in scores]
            assert max(abs(a - w) for a, w in zip(alpha, weights[b, t].tolist(), strict=True)) <= TIGHT
            for k in range(K):
                mixed = sum(alpha[s] * keys[b, s, k].item() for s in range(S))
                assert abs(mixed - context[b, t, k].item()) <= TIGHT


def test_by_hand():
    """One unit: V = 1, W = 1, U = 1, query 0, keys with tanh of ln 3 and 0 apart."""
    attention = AdditiveAttention(1, 1, 1).double()
    with torch.no_grad():
        for parameter in attention.parameters():
            parameter.fill_(1.0)
    keys = torch.tensor([[[0.5], [0.0]]], dtype=torch.float64)
    _, weights = attention(torch.zeros(1, 1, 1, dtype=torch.float64), keys)
    assert abs(weights[0, 0, 0].item() - 1 / (1 + exp(-tanh(0.5)))) <= TIGHT


def test_values_other_than_the_keys():
    attention, (query, keys) = make(), inputs()
    values = random(B, S, 2, seed=3)
    context, weights = attention(query, keys, values)
    assert (weights - attention(query, keys)[1]).abs().max() <= TIGHT
    assert (context - torch.einsum("bts,bsd->btd", weights, values)).abs().max() <= TIGHT


@pytest.mark.parametrize("shape", [(B, S), (B, T, S)], ids=["sequences", "queries"])
def test_places_behind_the_mask_have_no_influence(shape):
    attention, (query, keys) = make(), inputs()
    mask = torch.rand(*shape, generator=generator()) < 0.6
    mask[..., 0] = True
    mask[..., -1] = False
    context, weights = attention(query, keys, mask=mask)
    changed = keys.clone()
    changed[:, -1] = 100.0
    other, other_weights = attention(query, changed, mask=mask)
    assert (weights - other_weights).abs().max() <= TIGHT
    assert (context - other).abs().max() <= TIGHT
    assert bool((weights[..., -1] == 0).all())


def test_nothing_to_see_gives_zeros():
    attention, (query, keys) = make(), inputs()
    mask = torch.tensor([[True] * S, [False] * S])
    context, weights = attention(query, keys, mask=mask)
    assert bool((context[1] == 0).all())
    assert bool((weights[1] == 0).all())
    context.sum().backward()
    assert all(bool(torch.isfinite(parameter.grad).all()) for parameter in attention.parameters())


def test_gradients():
    attention, (query, keys) = make(), inputs()
    mask = torch.rand(B, T, S, generator=generator()) < 0.6
    parts = (query.requires_grad_(), keys.requires_grad_(), random(B, S, 2, seed=3).requires_grad_())
    assert torch.autograd.gradcheck(lambda *args: attention(*args, mask), parts)
    for parameter in attention.parameters():
        assert torch.autograd.gradcheck(lambda _: attention(query, keys)[0], parameter)


def test_it_counts_three_matrices_and_no_bias():
    assert sum(p.numel() for p in make().parameters()) == H * Q + H * K + H
    assert set(make().state_dict()) == {"W.weight", "U.weight", "V.weight"}


@pytest.mark.parametrize("device", DEVICES)
def test_it_learns_to_look_up(device):
    """The query names one of four places by its number; the answer is the value there."""
    torch.manual_seed(0)
    attention = AdditiveAttention(4, 4, 8).to(device)
    adam = torch.optim.Adam(attention.parameters(), lr=0.05)
    keys, numbers = torch.eye(4).expand(32, 4, 4), generator(1)
    for _ in range(150):
        place, values = torch.randint(4, (32,), generator=numbers), torch.randn(32, 4, 1, generator=numbers)
        query = torch.eye(4)[place][:, None]
        context, _ = attention(query.to(device), keys.to(device), values.to(device))
        loss = (context[:, 0].cpu() - values[torch.arange(32), place]).square().mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
    assert loss.item() < 0.02


@pytest.mark.errors
@pytest.mark.parametrize("name", ["query_size", "key_size", "hidden_size"])
def test_sizes_are_whole_numbers_of_at_least_one(name):
    sizes = {"query_size": 2, "key_size": 2, "hidden_size": 2, name: 0}
    with pytest.raises(
        ValueError, match=f"AdditiveAttention: {name} must be a whole number of at least 1, got 0"
    ):
        AdditiveAttention(**sizes)


@pytest.mark.errors
@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((random(B, T, K), random(B, S, K)), r"query must have shape \[B, T, 5\] \(query_size=5\)"),
        ((random(B, T, Q), random(B, S, Q)), r"keys must have shape \[2, S, 6\] .*, got \[2, 4, 5\]"),
        ((random(B, T, Q), random(1, S, K)), r"keys must have shape \[2, S, 6\]"),
        ((random(B, T, Q), random(B, S, K), random(B, T, 1)), r"values must have shape \[2, 4, D\]"),
    ],
)
def test_wrong_shapes_are_refused(parts, text):
    with pytest.raises(ShapeError, match=text):
        make()(*parts)


@pytest.mark.errors
def test_another_dtype_is_refused():
    query, keys = inputs()
    with pytest.raises(TypeError, match=r"keys must be torch\.float64 like the weights, got torch\.float32"):
        make()(query, keys.float())
