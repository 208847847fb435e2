"""Viterbi against trying all paths."""

from itertools import pairwise, product

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.text import bmes_rules, is_well_formed, viterbi
from tests.checks.numbers import TIGHT, generator, random, same_bits

NEVER = -torch.inf


def path_score(tags, scores, between, start, end):
    total = start[tags[0]] + end[tags[-1]] + sum(scores[t, j] for t, j in enumerate(tags))
    return float(total + sum(between[i, j] for i, j in pairwise(tags)))


def best_by_trying(scores, between, start, end):
    steps, tags = scores.shape
    return max(
        product(range(tags), repeat=steps), key=lambda path: path_score(path, scores, between, start, end)
    )


@pytest.mark.parametrize("seed", range(30))
def test_equals_enumeration(seed):
    steps, tags = 1 + seed % 5, 2 + seed % 3
    scores = random(2, steps, tags, seed=seed)
    between, start, end = (random(*s, seed=seed + 100) for s in ((tags, tags), (tags,), (tags,)))
    found = viterbi(scores, between, start, end)
    for b in range(2):
        expected = best_by_trying(scores[b], between, start, end)
        assert tuple(found.tags[b].tolist()) == expected
        assert abs(found.score[b] - path_score(expected, scores[b], between, start, end)) <= TIGHT


@pytest.mark.parametrize("seed", range(30))
def test_equals_enumeration_under_the_rules_of_bmes(seed):
    scores, rules = random(1, 5, 4, seed=seed), [rule.double() for rule in bmes_rules()]
    start, between, end = rules
    found = viterbi(scores, between, start, end)
    assert tuple(found.tags[0].tolist()) == best_by_trying(scores[0], between, start, end)
    assert is_well_formed("".join("BMES"[i] for i in found.tags[0].tolist()))


@pytest.mark.parametrize("seed", range(20))
def test_with_whole_numbers_and_ties_the_score_is_exact(seed):
    source = generator(seed)
    scores = torch.randint(-2, 3, (1, 5, 3), generator=source).double()
    between = torch.randint(-2, 3, (3, 3), generator=source).double()
    none = torch.zeros(3).double()
    found = viterbi(scores, between)
    best = max(path_score(p, scores[0], between, none, none) for p in product(range(3), repeat=5))
    assert found.score.item() == best
    assert path_score(found.tags[0].tolist(), scores[0], between, none, none) == best


def test_without_transitions_it_is_argmax():
    scores = random(4, 7, 5)
    assert same_bits(viterbi(scores, torch.zeros(5, 5).double()).tags, scores.argmax(-1))


def test_padding_never_matters():
    scores, between = random(3, 6, 4), random(4, 4, seed=1)
    start, end = random(4, seed=2), random(4, seed=3)
    lengths = [6, 1, 4]
    padded = scores.clone()
    padded[1, 1:], padded[2, 4:] = float("nan"), torch.inf
    found = viterbi(padded, between, start, end, lengths)
    for b, length in enumerate(lengths):
        alone = viterbi(scores[b : b + 1, :length], between, start, end)
        assert same_bits(found.tags[b, :length], alone.tags[0])
        assert bool((found.tags[b, length:] == -1).all())
        assert abs(found.score[b] - alone.score[0]) <= TIGHT
    assert same_bits(viterbi(padded, between, start, end, torch.tensor(lengths)).tags, found.tags)


def test_a_forbidden_tag_may_have_minus_infinity():
    scores = torch.tensor([[[NEVER, 0.0], [1.0, NEVER]]])
    assert viterbi(scores, torch.zeros(2, 2)).tags.tolist() == [[1, 0]]


def test_no_allowed_path():
    with pytest.raises(ValueError, match="viterbi: the rules must allow a path"):
        viterbi(torch.zeros(1, 2, 2), torch.full((2, 2), NEVER))


@pytest.mark.errors
def test_refusals():
    scores, between = torch.zeros(2, 3, 4), torch.zeros(4, 4)
    with pytest.raises(ShapeError, match=r"viterbi: scores must have shape \[B, T, C\], got \[3, 4\]"):
        viterbi(scores[0], between)
    with pytest.raises(ShapeError, match=r"viterbi: between must have shape \[4, 4\]"):
        viterbi(scores, between[:3])
    with pytest.raises(ShapeError, match=r"viterbi: start must have shape \[4\]"):
        viterbi(scores, between, torch.zeros(3))
    with pytest.raises(ShapeError, match=r"viterbi: end must have shape \[4\]"):
        viterbi(scores, between, end=torch.zeros(5))
    with pytest.raises(ShapeError, match=r"viterbi: lengths must have shape \[2\]"):
        viterbi(scores, between, lengths=[3])
    for wrong in ([0, 3], [3, 4]):
        with pytest.raises(ValueError, match=r"viterbi: lengths must lie in 1\.\.T=3, got"):
            viterbi(scores, between, lengths=wrong)
    with pytest.raises(TypeError, match=r"viterbi: lengths must be whole numbers, got torch\.float32"):
        viterbi(scores, between, lengths=[1.0, 2.0])
    for value in (float("nan"), torch.inf):
        with pytest.raises(ValueError, match="viterbi: scores must be below infinity, got NaN or infinity"):
            viterbi(torch.full((1, 2, 4), value), between)
        with pytest.raises(ValueError, match="viterbi: between must be below infinity"):
            viterbi(scores, torch.full((4, 4), value))
