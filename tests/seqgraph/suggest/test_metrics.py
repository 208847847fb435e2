"""MRR and PER against brute force: every order of equals, every way to pair words."""

from fractions import Fraction
from itertools import pairwise, permutations, product

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.suggest import mean_reciprocal_rank, position_independent_error_rate
from tests.checks.numbers import TIGHT


def brute_rank(row):
    """The mean of 1/rank over all orders of the candidates that the scores allow, as a fraction."""
    orders = [
        order for order in permutations(range(len(row))) if all(row[a] >= row[b] for a, b in pairwise(order))
    ]
    return sum((Fraction(1, order.index(0) + 1) for order in orders), Fraction(0)) / len(orders)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_mrr_of_every_small_row(number):
    rows = list(product([0.0, 1.0, 2.0], repeat=number))
    for row in rows:
        assert abs(mean_reciprocal_rank(torch.tensor([row])) - float(brute_rank(row))) < TIGHT
    every = float(sum(map(brute_rank, rows), Fraction(0)) / len(rows))
    assert abs(mean_reciprocal_rank(torch.tensor(rows)) - every) < TIGHT


def test_mrr_without_equals_is_the_place_in_the_sorted_row():
    scores = torch.rand(200, 10, dtype=torch.float64)
    slow = [1 / (sorted(row, reverse=True).index(row[0]) + 1) for row in scores.tolist()]
    assert abs(mean_reciprocal_rank(scores) - sum(slow) / 200) < TIGHT


def test_mrr_of_equal_scores_is_that_of_guessing():
    guess = sum(1 / k for k in range(1, 11)) / 10
    assert abs(mean_reciprocal_rank(torch.zeros(7, 10)) - guess) < TIGHT
    assert abs(mean_reciprocal_rank(torch.rand(40000, 10)) - guess) < 0.01


def least_errors(written, wanted):
    """Edit distance that may reorder for nothing: the least Levenshtein distance over all orders."""
    return min(levenshtein(order, wanted) for order in permutations(written))


def levenshtein(one, two):
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        before, row = row, [i]
        for j, b in enumerate(two, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
    return row[-1]


def test_per_of_every_pair_of_short_queries():
    queries = [query for n in range(4) for query in product("abc", repeat=n)]
    for written in queries:
        for wanted in queries[1:]:
            rate = Fraction(least_errors(written, wanted), len(wanted))
            assert abs(position_independent_error_rate([written], [wanted]) - float(rate)) < TIGHT


def test_per_of_a_set_divides_once():
    written, wanted = [("a",), ("a", "b", "c", "d")], [("b",), ("a", "b", "c", "d")]
    assert abs(position_independent_error_rate(written, wanted) - 1 / 5) < TIGHT


def test_per_may_exceed_one():
    assert position_independent_error_rate([("x", "y", "z")], [("a",)]) == 3
    assert position_independent_error_rate([()], [("a", "b")]) == 1


@pytest.mark.errors
def test_refusals():
    with pytest.raises(ShapeError, match=r"mean_reciprocal_rank: scores must have shape \[B, C\], got \[3\]"):
        mean_reciprocal_rank(torch.zeros(3))
    with pytest.raises(ValueError, match="mean_reciprocal_rank: scores must be numbers, got NaN"):
        mean_reciprocal_rank(torch.tensor([[0.0, float("nan")]]))
    with pytest.raises(
        ValueError, match="position_independent_error_rate: written must hold 2 queries, got 1"
    ):
        position_independent_error_rate([("a",)], [("a",), ("b",)])
    with pytest.raises(ValueError, match="wanted must hold at least one word, got none"):
        position_independent_error_rate([("a",)], [()])
