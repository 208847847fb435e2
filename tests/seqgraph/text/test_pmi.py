"""Pointwise mutual information: by hand, at independence, and its singular vectors."""

import math

import numpy as np
import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.text import context_share, pmi_vectors, pointwise_mutual_information
from tests.checks.numbers import TIGHT, gap, generator, random


def some_counts(V: int = 8) -> torch.Tensor:
    counts = torch.randint(0, 9, (V, V), generator=generator(1)).double()
    return counts + counts.T


def test_by_hand():
    # total 16; P(0,1) = 6/16, P(0) = P(1) = 1/2: PMI = log(6/4); P(0,0) = 2/16: log(2/4)
    pmi = pointwise_mutual_information(torch.tensor([[2.0, 6.0], [6.0, 2.0]], dtype=torch.float64))
    assert gap(pmi[0, 1], torch.tensor(math.log(1.5), dtype=torch.float64)) <= TIGHT
    assert gap(pmi[0, 0], torch.tensor(math.log(0.5), dtype=torch.float64)) <= TIGHT


def test_independent_words_have_none():
    shares = random(5).abs() + 0.1
    counts = 1000 * shares[:, None] * shares
    assert pointwise_mutual_information(counts).abs().max() <= TIGHT


def test_words_that_never_meet_and_words_that_never_occur():
    counts = torch.tensor([[0.0, 2.0, 0.0], [2.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    pmi = pointwise_mutual_information(counts)
    assert pmi[0, 0] == -math.inf
    assert (pmi[2] == -math.inf).all()
    assert not pmi.isnan().any()
    assert pmi_vectors(counts, 3).isfinite().all()


def test_shares_sum_to_one_and_a_power_below_one_lifts_the_rare():
    counts = some_counts()
    plain, flat = context_share(counts), context_share(counts, 0.5)
    for share in (plain, flat):
        assert abs(share.sum() - 1) <= TIGHT
    assert gap(plain, counts.sum(0) / counts.sum()) <= TIGHT
    assert flat.max() < plain.max()
    assert flat.min() > plain.min()


def test_all_vectors_together_have_the_singular_values_of_numpy():
    counts = some_counts()
    positive = pointwise_mutual_information(counts, 0.75).clamp(min=0)
    expected = torch.from_numpy(np.linalg.svd(positive.numpy(), compute_uv=False))
    E = pmi_vectors(counts, 8, 0.75)
    assert gap(E.square().sum(0), expected) <= TIGHT
    assert gap(E.T @ E, torch.diag(expected)) <= TIGHT  # right angles between the columns


def test_fewer_vectors_are_the_first_ones():
    counts = some_counts()
    assert gap(pmi_vectors(counts, 3), pmi_vectors(counts, 8)[:, :3]) <= TIGHT


@pytest.mark.errors
def test_errors():
    counts = some_counts()
    for power in (0, -1, 1.5, float("nan"), True):
        with pytest.raises(ValueError, match=r"context_share: power must be a number in \(0, 1\], got"):
            context_share(counts, power)
    with pytest.raises(ShapeError, match=r"context_share: counts must have shape \[2, 2\], got \[2, 3\]"):
        context_share(torch.ones(2, 3))
    with pytest.raises(ValueError, match=r"pmi_vectors: size must be a whole number in 1\.\.8 .*, got 9"):
        pmi_vectors(counts, 9)
    with pytest.raises(ValueError, match=r"pmi_vectors: size must be a whole number in 1\.\.8"):
        pmi_vectors(counts, 0)
