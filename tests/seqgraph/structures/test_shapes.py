"""Left-branching and balanced trees: leaves first, two children a merge, the heights that they promise."""

import math
import random

import pytest

from seqgraph.structures import Forest, balanced, left_branching, random_tree


@pytest.mark.parametrize("T", [1, 2, 3, 5, 8, 13, 16])
@pytest.mark.parametrize("shape", [left_branching, balanced])
def test_T_leaves_and_two_children_a_merge(shape, T):
    parents = shape(T)
    forest = Forest.from_parents([parents])
    assert (forest.height == 0).tolist() == [node < T for node in range(2 * T - 1)]
    assert sorted(parents) == [-1, *sorted(2 * list(range(T, 2 * T - 1)))]
    wanted = T - 1 if shape is left_branching else math.ceil(math.log2(T))
    assert int(forest.height.max()) == wanted


@pytest.mark.parametrize("shape", [left_branching, balanced])
def test_the_leaves_stand_in_order_from_left_to_right(shape):
    parents, line = shape(7), []
    span = {node: (node, node) for node in range(7)}
    for node in range(7, 13):
        below = sorted(span[child] for child in range(13) if parents[child] == node)
        line.append(below[0][1] + 1 == below[1][0])
        span[node] = (below[0][0], below[1][1])
    assert all(line)
    assert span[12] == (0, 6)


def test_random_trees_differ_and_have_the_root_that_was_asked_for():
    made = [random_tree(9, 4, random.Random(seed)) for seed in range(6)]
    assert Forest.from_parents(made).roots.tolist() == [9 * tree + 4 for tree in range(6)]
    assert len(set(map(tuple, made))) == 6
    assert made[0] == random_tree(9, 4, random.Random(0))
    assert random_tree(1, 0, random.Random(0)) == [-1]
