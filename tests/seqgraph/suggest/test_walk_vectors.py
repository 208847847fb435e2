"""Counts and the cut decomposition, each against a slow version."""

import math

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.suggest import walk_counts, walk_vectors
from tests.checks.numbers import generator, same_bits


@pytest.mark.parametrize("window", [1, 2, 3, 10])
def test_counts_pair_by_pair(window):
    walks = torch.randint(5, (6, 7), generator=generator())
    walks[0, 0] = 4
    slow = torch.zeros(5, 5).double()
    for walk in walks.tolist():
        for t, one in enumerate(walk):
            for s, two in enumerate(walk):
                if 1 <= abs(t - s) <= window:
                    slow[one, two] += 1
    assert same_bits(walk_counts(walks, window), slow)


def positive_information(counts):
    """Entry by entry: how much more often than by chance, or 0."""
    found, total = torch.zeros_like(counts), counts.sum().item()
    for i, j in counts.nonzero().tolist():
        chance = counts[i].sum().item() * counts[:, j].sum().item()
        found[i, j] = max(0.0, math.log(counts[i, j].item() * total / chance))
    return found


def test_full_size_keeps_every_product_of_rows():
    """With D = V nothing is cut: v v^T is P diag(s) P^T, the square root of A A^T, up to one scale."""
    walks = torch.randint(6, (50, 9), generator=generator())
    table = positive_information(walk_counts(walks, 2))
    v = walk_vectors(walks, torch.arange(6), size=6, window=2).double()
    P, s, _ = torch.linalg.svd(table)
    root = P * s @ P.T
    scale = root.diagonal().mean()
    assert (v @ v.T - root / scale).abs().max() < 1e-5
    assert abs(v.square().sum(1).mean() - 1) < 1e-5


def test_two_worlds_fall_apart():
    """Nodes 0-3 and 4-7 never meet on a walk: company of the other world is at right angles."""
    walks = torch.randint(4, (400, 10), generator=generator())
    walks[200:] += 4
    v = walk_vectors(walks, torch.arange(8), size=2, window=2)
    v = torch.nn.functional.normalize(v, dim=1)
    cosine = v @ v.T
    assert cosine[:4, 4:].abs().max() < 0.01
    assert cosine[:4, :4].min() > 0.99
    assert cosine[4:, 4:].min() > 0.99


def test_signs_are_fixed_and_rows_chosen():
    walks = torch.randint(9, (60, 8), generator=generator())
    v = walk_vectors(walks, torch.tensor([7, 2, 5]), size=3)
    assert bool((v.gather(0, v.abs().argmax(0, keepdim=True)) > 0).all())
    assert v.dtype == torch.get_default_dtype()
    turned = walk_vectors(walks, torch.tensor([2, 5, 7]), size=3)
    assert (turned[[2, 0, 1]] - v).abs().max() < 1e-5


@pytest.mark.errors
def test_refusals():
    walks = torch.zeros(2, 3).long()
    with pytest.raises(ShapeError, match=r"walk_counts: walks must have shape \[W, T\], got \[3\]"):
        walk_counts(walks[0], 1)
    with pytest.raises(ValueError, match="walk_counts: window must be a whole number of at least 1, got 0"):
        walk_counts(walks, 0)
    with pytest.raises(ValueError, match=r"walk_vectors: size must be .* in 1..2 \(one a row\), got 3"):
        walk_vectors(torch.arange(6).view(1, 6), torch.tensor([0, 1]), size=3)
