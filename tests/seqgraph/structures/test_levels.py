"""Levels: every child arrives before its parent, once, at the right row and place."""

import pytest
import torch

from seqgraph.structures import Forest
from tests.checks.numbers import DEVICES, same_bits
from tests.seqgraph.structures.test_forest import random_parents

TREES = [random_parents(nodes, seed) for seed, nodes in enumerate((1, 2, 6, 20, 60, 150))]
FORESTS = {
    "random": Forest.from_parents(TREES),
    "chains": Forest.chain([4, 9, 1]),
    "star": Forest.from_parents([[-1] + [0] * 7]),
}


@pytest.mark.parametrize("name", FORESTS)
def test_each_child_arrives_once_where_its_parent_is_computed(name):
    """Send the numbers of the nodes themselves upward, as the runner sends states."""
    forest = FORESTS[name]
    order, place, levels = forest.levels()
    assert same_bits(order[place], torch.arange(forest.num_nodes))
    waiting = [[] for _ in range(len(levels) + 1)]
    start, seen = 0, []
    for number, level in enumerate(levels):
        nodes = order[start : start + level.num_nodes]
        assert set(forest.height[nodes].tolist()) == {number}
        arrived = torch.cat(waiting[number]) if waiting[number] else nodes[:0]
        assert same_bits(forest.parent[arrived], nodes[level.parent])
        assert same_bits(forest.position[arrived], level.position)
        assert level.targets == sorted(set(level.targets))
        assert all(target > number for target in level.targets)
        for target, block in zip(level.targets, nodes.split(level.counts), strict=True):
            waiting[target].append(block)
        seen += arrived.tolist()
        start += level.num_nodes
    assert sorted(seen) == forest.edge_index[0].tolist()
    assert sorted(torch.cat(waiting[-1]).tolist()) == forest.roots.tolist()


def test_they_are_found_once_and_kept():
    forest = Forest.chain([3])
    assert forest.levels() is forest.levels("cpu")


@pytest.mark.parametrize("device", DEVICES)
def test_they_move_to_the_device(device):
    levels = FORESTS["random"].levels(device)
    assert levels.order.device.type == levels.levels[1].parent.device.type == device
