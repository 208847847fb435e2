"""Trees and graphs with a cycle, by networkx: as many nodes and edges, and the same degrees."""

import networkx
import pytest

from seqgraph.data import cycles_and_trees
from tests.checks.numbers import generator, same_bits
from tests.seqgraph.data.test_graphs import adjacency


@pytest.mark.parametrize("nodes", [5, 10, 16])
def test_one_of_each_pair_is_a_tree_and_the_other_has_one_cycle(nodes):
    made = cycles_and_trees(30, generator(), nodes)
    for g, own in enumerate(adjacency(made, nodes)):
        graph = networkx.from_numpy_array(own.numpy())
        assert networkx.is_tree(graph) == (made.y[g] == 0)
        assert len(networkx.cycle_basis(graph)) == made.y[g]
        assert networkx.number_connected_components(graph) == 1 + made.y[g]
    assert made.y.tolist() == [0, 1] * 30


def test_degrees_and_features_of_a_pair_are_the_same():
    made = cycles_and_trees(50, generator())
    degrees = adjacency(made, 10).sum(2).sort(1).values.reshape(50, 2, 10)
    assert same_bits(degrees[:, 0], degrees[:, 1])
    assert bool(made.x.eq(1).all())


def test_cycles_have_several_lengths():
    made = cycles_and_trees(100, generator())
    graphs = [networkx.from_numpy_array(own.numpy()) for own in adjacency(made, 10)[1::2]]
    lengths = {len(networkx.cycle_basis(graph)[0]) for graph in graphs}
    assert {3, 4, 5} <= lengths


def test_the_order_of_the_nodes_is_random():
    own = adjacency(cycles_and_trees(300, generator()), 10).double()
    degrees = own.sum(2).mean(0)  # without the exchange of names, early nodes have more neighbours
    assert (degrees - 1.8).abs().max() < 0.2


@pytest.mark.errors
def test_at_least_five_nodes():
    with pytest.raises(ValueError, match="cycles_and_trees: num_nodes must be a whole number of at least 5"):
        cycles_and_trees(1, generator(), 4)
