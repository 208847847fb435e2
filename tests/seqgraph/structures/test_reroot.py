"""reroot(): the same edges, another root, and what is no tree."""

import pytest

from seqgraph.structures import Forest, reroot

TREE = [3, 2, 3, -1, 3, 2, 0]


@pytest.mark.parametrize("root", range(7))
def test_the_edges_stay_and_all_nodes_send_to_the_new_root(root):
    parents, turned = reroot(TREE, root)
    assert Forest.from_parents([parents]).roots.tolist() == [root]
    edges = {frozenset((node, above)) for node, above in enumerate(TREE) if above >= 0}
    assert {frozenset((node, above)) for node, above in enumerate(parents) if above >= 0} == edges
    for node, above in enumerate(parents):
        if above >= 0:
            assert turned[node] == (TREE[above] == node)
    assert turned[root] == 0


def test_by_hand_and_the_argument_stays():
    parents = [-1, 0, 1, 1]
    assert reroot(parents, 0) == (parents, [0, 0, 0, 0])
    assert reroot(parents, 3) == ([1, 3, 1, -1], [1, 1, 0, 0])
    assert parents == [-1, 0, 1, 1]


@pytest.mark.errors
def test_what_is_no_tree_is_refused():
    with pytest.raises(ValueError, match="must have a root"):
        reroot([1, 0], 0)
    with pytest.raises(ValueError, match="reroot: node 1 must not be its own ancestor"):
        reroot([-1, 2, 1], 1)
    with pytest.raises(ValueError, match=r"reroot: root must be a whole number in 0\.\.1, got 2"):
        reroot([-1, 0], 2)
