"""Forests: their fields by hand, against a plain walk through random trees, and everything they refuse."""

import random

import pytest
import torch

from seqgraph.structures import Forest
from tests.checks.numbers import same_bits


def random_parents(nodes: int, seed: int) -> list[int]:
    """A random tree whose numbers say nothing about its shape."""
    draw = random.Random(seed)
    names = draw.sample(range(nodes), nodes)
    parents = [-1] * nodes
    for i in range(1, nodes):
        parents[names[i]] = names[draw.randrange(i)]
    return parents


def height(parents: list[int], node: int) -> int:
    return max((1 + height(parents, c) for c, p in enumerate(parents) if p == node), default=0)


def test_the_fields_by_hand():
    """Tree 0: node 3 above 0, 4 and 2; 2 above 1. Tree 1: a single node. Tree 2: a chain 2 -> 0 -> 1."""
    forest = Forest.from_parents([[3, 2, 3, -1, 3], [-1], [1, -1, 0]])
    assert forest.parent.tolist() == [3, 2, 3, -1, 3, -1, 7, -1, 6]
    assert forest.position.tolist() == [0, 0, 1, 0, 2, 0, 0, 0, 0]
    assert forest.tree.tolist() == [0, 0, 0, 0, 0, 1, 2, 2, 2]
    assert forest.height.tolist() == [0, 0, 1, 2, 0, 0, 1, 2, 0]
    assert forest.roots.tolist() == [3, 5, 7]
    assert forest.edge_index.tolist() == [[0, 1, 2, 4, 6, 8], [3, 2, 3, 3, 7, 6]]
    assert (forest.num_nodes, forest.num_trees) == (9, 3)
    assert repr(forest) == "Forest(3 trees, 9 nodes, height 2)"


def test_the_fields_equal_a_plain_walk_through_random_trees():
    trees = [random_parents(nodes, seed) for seed, nodes in enumerate((1, 2, 3, 5, 8, 13, 40, 97))]
    forest, start = Forest.from_parents(trees), 0
    for number, parents in enumerate(trees):
        nodes = slice(start, start + len(parents))
        assert set(forest.tree[nodes].tolist()) == {number}
        assert forest.parent[nodes].tolist() == [p if p < 0 else p + start for p in parents]
        assert forest.height[nodes].tolist() == [height(parents, v) for v in range(len(parents))]
        assert forest.position[nodes].tolist() == [
            0 if p < 0 else parents[:v].count(p) for v, p in enumerate(parents)
        ]
        assert forest.roots[number] == parents.index(-1) + start
        start += len(parents)


def test_chains():
    forest = Forest.chain([3, 1])
    assert forest.parent.tolist() == [1, 2, -1, -1]
    assert forest.height.tolist() == [0, 1, 2, 0]
    assert forest.roots.tolist() == [2, 3]
    assert Forest.chain([1]).edge_index.shape == (2, 0)


def test_a_long_chain_needs_no_recursion():
    forest = Forest.chain([5000])
    assert same_bits(forest.height, torch.arange(5000))


def test_all_fields_are_whole_numbers_and_nothing_can_be_set():
    forest = Forest.from_parents([[-1, 0]])
    fields = "parent position tree height roots edge_index".split()
    assert {getattr(forest, name).dtype for name in fields} == {torch.int64}
    for name in (*fields, "new"):
        with pytest.raises(AttributeError, match=f"Forest: {name} cannot be set"):
            setattr(forest, name, torch.zeros(2))
    with pytest.raises(AttributeError, match="cannot be set"):
        del forest.parent


def test_it_does_not_change_or_keep_its_argument():
    parents = [[1, -1], [-1]]
    forest = Forest.from_parents(parents)
    assert parents == [[1, -1], [-1]]
    parents[0][0] = 0
    assert forest.parent.tolist() == [1, -1, -1]


@pytest.mark.errors
@pytest.mark.parametrize(
    ("parents", "message"),
    [
        ([], "parents must hold at least one tree, got none"),
        ("abc", "parents must be a list, got str"),
        (torch.tensor([[-1]]), "parents must be a list, got Tensor"),
        ([[-1], 3], "tree 1 must be a list, got int"),
        ([[-1], []], "tree 1 must have at least one node, got none"),
        ([[-1], [-1, 0.0]], r"tree 1, node 1: the parent must be a whole number in -1..1, got 0\.0"),
        ([[-1, True]], "tree 0, node 1: the parent must be a whole number in -1..1, got True"),
        ([[-1, None]], "tree 0, node 1: the parent must be a whole number in -1..1, got None"),
        ([[-1], [-1, 0, 3]], r"tree 1, node 2: the parent must be a whole number in -1\.\.2, got 3"),
        ([[-1, -2]], r"tree 0, node 1: the parent must be a whole number in -1\.\.1, got -2"),
        ([[-1, 2**70]], "tree 0, node 1: the parent must be a whole number"),
        ([[-1], [1, 0]], "tree 1 must have a root, got no node whose parent is -1"),
        ([[-1], [0]], "tree 1 must have a root"),
        ([[0, 1, -1, -1], [-1]], "tree 0 must have one root, got nodes 2 and 3"),
        ([[-1], [-1, 0, -1]], "tree 1 must have one root, got nodes 0 and 2"),
        ([[-1, 0], [-1, 1]], "tree 1, node 1 must not be its own ancestor, got a cycle"),
        ([[-1], [4, -1, 3, 2, 2]], "tree 1, node [23] must not be its own ancestor, got a cycle"),
    ],
)
def test_bad_parents_are_refused(parents, message):
    with pytest.raises(ValueError, match=message):
        Forest.from_parents(parents)


@pytest.mark.parametrize("length", range(1, 40))
def test_every_cycle_is_found_and_a_node_on_it_named(length):
    """A cycle of this length with a tail hanging from it, beside a good tree."""
    cycle = [(v + 1) % length + 1 for v in range(length)]
    tail = [1, *range(length + 1, length + 6)]
    with pytest.raises(ValueError, match=r"tree 1, node \d+ must not be its own") as error:
        Forest.from_parents([[-1], [-1, *cycle, *tail]])
    assert 1 <= int(str(error.value).split("node ")[1].split()[0]) <= length


@pytest.mark.errors
@pytest.mark.parametrize(
    ("lengths", "message"),
    [
        ([], "at least one tree"),
        (3, "lengths must be a list, got int"),
        ([2, 0], r"Forest\.chain: lengths\[1\] must be a whole number of at least 1, got 0"),
        ([2.0], r"Forest\.chain: lengths\[0\] must be a whole number of at least 1, got 2\.0"),
    ],
)
def test_bad_lengths_are_refused(lengths, message):
    with pytest.raises(ValueError, match=message):
        Forest.chain(lengths)
