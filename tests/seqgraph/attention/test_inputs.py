"""What a mask hides of keys and values does not matter: not in the result and not in the gradients."""

import pytest
import torch

from seqgraph.attention import AdditiveAttention, BilinearAttention, scaled_dot_product
from tests.checks.numbers import random, same_bits

B, T, S, D = 2, 3, 4, 5
ATTENTIONS = {
    "scaled": lambda: scaled_dot_product,
    "bilinear": lambda: BilinearAttention(D, D).double(),
    "additive": lambda: AdditiveAttention(D, D, 6).double(),
}


def padding() -> torch.Tensor:
    return torch.tensor([[True, True, False, False], [True, True, True, False]])


def results(attend, query, keys, values, mask) -> list[torch.Tensor]:
    """The context, the weights, and the gradients of the inputs."""
    inputs = [part.clone().requires_grad_() for part in (query, keys, values)]
    context, weights = attend(*inputs, mask)
    context.square().sum().backward()
    return [context, weights, *(part.grad for part in inputs)]


@pytest.mark.parametrize("hidden", [float("nan"), float("inf"), 1e300])
@pytest.mark.parametrize("attention", ATTENTIONS)
@pytest.mark.parametrize("rows", [1, T])
def test_what_is_hidden_does_not_matter(attention, hidden, rows):
    attend, mask = ATTENTIONS[attention](), padding()
    query, keys, values = random(B, T, D, seed=1), random(B, S, D, seed=2), random(B, S, D, seed=3)
    spoilt = [part.masked_fill(~mask[..., None], hidden) for part in (keys, values)]
    mask = mask if rows == 1 else mask[:, None].expand(B, T, S)
    wanted, came = results(attend, query, keys, values, mask), results(attend, query, *spoilt, mask)
    assert same_bits(tuple(came), tuple(wanted))
    unseen = ~padding()
    assert bool((came[3][unseen] == 0).all() and (came[4][unseen] == 0).all())


@pytest.mark.parametrize("attention", ATTENTIONS)
def test_what_is_seen_does_matter(attention):
    """The control: one NaN that may be seen reaches the contexts of its sequence, and of no other."""
    values = random(B, S, D, seed=3)
    values[0, 0] = torch.nan
    context, _ = ATTENTIONS[attention]()(random(B, T, D), random(B, S, D, seed=2), values, padding())
    assert bool(context[0].isnan().all() and context[1].isfinite().all())
