"""Sums of word vectors: the algebra, what it keeps and what it loses."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.suggest import homomorphic, reformulations, with_reformulations
from tests.checks.numbers import TIGHT, gap, random


def test_equals_the_sum_word_by_word():
    vectors, bags = random(6, 4), torch.randint(3, (5, 7, 6)).double()
    slow = torch.zeros(5, 7, 4).double()
    for b in range(5):
        for t in range(7):
            for word in range(6):
                for _ in range(int(bags[b, t, word])):
                    slow[b, t] += vectors[word]
    assert (homomorphic(bags, vectors) - slow).abs().max() < TIGHT
    assert (homomorphic(bags[0], vectors) - slow[0]).abs().max() < TIGHT
    assert (homomorphic(bags[0, 0], vectors) - slow[0, 0]).abs().max() < TIGHT


def test_joining_queries_adds_vectors():
    vectors = random(6, 4)
    one, two = torch.randint(3, (2, 10, 6)).double()
    together = homomorphic(one + two, vectors)
    assert (together - homomorphic(one, vectors) - homomorphic(two, vectors)).abs().max() < TIGHT


def test_adding_a_word_is_the_same_change_in_every_query():
    vectors = random(6, 4)
    queries = torch.randint(2, (10, 6)).double()
    word = torch.eye(6).double()[3]
    change = homomorphic(queries + word, vectors) - homomorphic(queries, vectors)
    assert (change - vectors[3]).abs().max() < TIGHT


def test_reformulations_by_hand_and_back():
    v = random(3, 5, 4)
    r = reformulations(v)
    assert r[:, 0].abs().max() == 0
    for i in range(1, 5):
        assert (r[:, i] - (v[:, i] - v[:, i - 1])).abs().max() < TIGHT
    assert (v[:, :1] + r.cumsum(1) - v).abs().max() < TIGHT


def test_each_query_stands_beside_the_change_that_led_to_it():
    v = random(2, 4, 3)
    x = with_reformulations(v)
    assert x.shape == (2, 4, 6)
    for i in range(4):
        change = v[:, i] - v[:, i - 1] if i else torch.zeros(2, 3)
        assert (x[:, i] - torch.cat([v[:, i], change], dim=-1)).abs().max() < TIGHT


def test_a_place_never_sees_a_later_query():
    v = random(1, 5, 4)
    later = v.clone()
    later[:, 3:] += 1
    assert gap(reformulations(v)[:, :3], reformulations(later)[:, :3]) <= TIGHT


def test_gradients():
    v = random(2, 3, 2).requires_grad_()
    assert torch.autograd.gradcheck(reformulations, v)
    bags, vectors = random(2, 3, 4), random(4, 2).requires_grad_()
    assert torch.autograd.gradcheck(lambda weights: homomorphic(bags, weights), vectors)


@pytest.mark.errors
def test_refusals():
    with pytest.raises(
        ShapeError, match=r"homomorphic: bags must have shape \[B, 6\] .*6 rows.*got \[2, 5\]"
    ):
        homomorphic(random(2, 5), random(6, 4))
    with pytest.raises(ShapeError, match=r"homomorphic: vectors must have shape \[V, D\], got \[6\]"):
        homomorphic(random(2, 6), random(6))
    with pytest.raises(TypeError, match=r"homomorphic: bags must be torch.float64"):
        homomorphic(random(2, 6).float(), random(6, 4))
    with pytest.raises(TypeError, match=r"homomorphic: bags must be a torch.Tensor"):
        homomorphic([[1.0]], random(1, 4))
    with pytest.raises(ShapeError, match=r"reformulations: v must have shape \[B, T, D\], got \[2, 3\]"):
        reformulations(random(2, 3))
