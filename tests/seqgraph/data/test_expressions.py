"""Nested expressions: their values against Python's own arithmetic, their form, their depths."""

import pytest
import torch

from seqgraph.data import expressions
from seqgraph.structures import Forest
from tests.checks.numbers import generator, same_bits


def value(signs: list[str], modulus: int) -> int:
    """The value of a line with brackets, read by a stack."""
    stack = []
    for sign in signs:
        if sign != ")":
            stack.append(sign if sign in "(MINMAXSUM" else int(sign))
            continue
        right, left, operator, opened = (stack.pop() for _ in range(4))
        assert opened == "("
        worked = {"MIN": min(left, right), "MAX": max(left, right), "SUM": (left + right) % modulus}
        stack.append(worked[operator])
    assert len(stack) == 1
    return stack[0]


@pytest.mark.parametrize(("depth", "modulus"), [(1, 4), (3, 4), (5, 10), (2, 2)])
def test_values_and_trees_are_those_of_the_line_with_brackets(depth, modulus):
    drawn = expressions(200, depth, generator(1), modulus)
    assert {expression.value for expression in drawn} == set(range(modulus))
    for expression in drawn:
        assert value(expression.brackets(), modulus) == expression.value
        signs = [sign for sign in expression.brackets() if sign not in "()"]
        assert signs == expression.symbols
    forest = Forest.from_parents([list(expression.parents) for expression in drawn])
    assert set(forest.height[forest.roots].tolist()) == {depth}
    leaf = forest.height == 0
    digits = torch.tensor([sign.isdigit() for expression in drawn for sign in expression.symbols])
    assert same_bits(leaf, digits)
    assert int(forest.position.max()) == 1


def test_both_sides_go_deep_and_the_same_seed_draws_the_same():
    drawn = expressions(300, 2, generator(2))
    deep_left = sum(expression.symbols[1] in ("MIN", "MAX", "SUM") for expression in drawn)
    assert 150 < deep_left < 270
    assert drawn == expressions(300, 2, generator(2))


@pytest.mark.errors
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 2, generator()), "number must be a whole number of at least 1"),
        ((1, 0, generator()), "depth must be a whole number of at least 1"),
        ((1, 2, generator(), 11), r"modulus must be a whole number in 2\.\.10, got 11"),
    ],
)
def test_bad_arguments_are_refused(arguments, message):
    with pytest.raises(ValueError, match=f"expressions: {message}"):
        expressions(*arguments)


@pytest.mark.errors
def test_a_generator_is_needed():
    with pytest.raises(TypeError, match=r"generator must be a torch\.Generator"):
        expressions(1, 2, 0)


def test_the_merges_make_the_tree_over_the_line_without_brackets():
    """Every operator with its first value, and with both: each is a merge; nothing else is."""
    for expression in expressions(40, 3, generator(5)):
        pieces, made = [(k, k) for k in range(len(expression.symbols))], set()
        for place in expression.merges():
            (first, middle), (after, last) = pieces[place : place + 2]
            assert middle + 1 == after
            pieces[place : place + 2] = [(first, last)]
            made.add((first, last))
        assert pieces == [(0, len(expression.symbols) - 1)]
        end = list(range(len(expression.symbols)))  # the last sign below each node
        for node in reversed(range(1, len(end))):
            parent = expression.parents[node]
            end[parent] = max(end[parent], end[node])
        wanted = set()
        for node in range(len(end)):
            below = [child for child, parent in enumerate(expression.parents) if parent == node]
            wanted |= {(node, end[child]) for child in below}
        assert made == wanted
