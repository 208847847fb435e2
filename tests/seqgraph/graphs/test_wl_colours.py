"""Colours of nodes: by hand, against networkx on all small graphs, and what they cannot see."""

from collections import Counter

import networkx
import pytest
import torch
from torch import nn

from seqgraph.core import ShapeError, segment_sum
from seqgraph.graphs import GINConv, wl_colours
from tests.checks.numbers import DEVICES, fill, same_bits
from tests.seqgraph.graphs.graphs import ALONE, EDGES, NO_EDGES, NODES, features, renamed


def edges_of(graph: networkx.Graph) -> torch.Tensor:
    """Trap 11: the numbers of the nodes are given, not taken from the order of their coming."""
    A = torch.tensor(networkx.to_numpy_array(graph, nodelist=range(len(graph)), weight=None))
    return A.nonzero().T


def together(graphs: list[networkx.Graph]) -> tuple[torch.Tensor, torch.Tensor]:
    sizes = torch.tensor([len(graph) for graph in graphs])
    first = (sizes.cumsum(0) - sizes).tolist()
    edges = torch.cat([edges_of(graph) + k for graph, k in zip(graphs, first, strict=True)], dim=1)
    return edges, torch.arange(len(graphs)).repeat_interleave(sizes)


def views(colours: torch.Tensor, batch: torch.Tensor) -> list[tuple]:
    """How often each colour comes in each graph."""
    found = [Counter() for _ in range(int(batch.max()) + 1)]
    for graph, colour in zip(batch.tolist(), colours.tolist(), strict=True):
        found[graph][colour] += 1
    return [tuple(sorted(one.items())) for one in found]


def partition(keys: list) -> list[int]:
    """The first place where each key stands: the same for two lists that tell the same things apart."""
    first = {}
    return [first.setdefault(key, place) for place, key in enumerate(keys)]


@pytest.fixture(scope="module")
def atlas() -> list[networkx.Graph]:
    """All graphs of one to seven nodes, marked alike: networkx joins texts, and empty ones would vanish."""
    graphs = networkx.graph_atlas_g()[1:]
    for graph in graphs:
        networkx.set_node_attributes(graph, "1", "mark")
    return graphs


def test_by_hand():
    """A path of five: the ends, what is beside them, the middle. Round 1 counts neighbours."""
    path = edges_of(networkx.path_graph(5))
    assert wl_colours(path, 5, 0).tolist() == [0, 0, 0, 0, 0]
    assert wl_colours(path, 5, 1).tolist() == [0, 1, 1, 1, 0]
    assert wl_colours(path, 5, 2).tolist() == [0, 1, 2, 1, 0]
    assert wl_colours(path, 5, 9).tolist() == [0, 1, 2, 1, 0]


def test_an_edge_is_heard_by_its_receiver_loops_and_repeated_edges_count():
    assert wl_colours(torch.tensor([[0], [1]]), 3, 1).tolist() == [0, 1, 0]
    assert wl_colours(torch.tensor([[0, 0, 0], [1, 1, 2]]), 3, 1).tolist() == [0, 2, 1]
    assert wl_colours(torch.tensor([[0], [0]]), 2, 1).tolist() == [1, 0]


def test_colours_to_start_from_are_kept_apart_and_numbered_in_their_order():
    start = torch.tensor([7, -2, 7, 7, 7])
    path = edges_of(networkx.path_graph(5))
    assert wl_colours(path, 5, 0, start).tolist() == [1, 0, 1, 1, 1]
    assert wl_colours(path, 5, 1, start).tolist() == [1, 0, 2, 4, 3]
    assert wl_colours(path, 5, 3, start).tolist() == [1, 0, 2, 4, 3]


def test_rounds_can_be_taken_one_by_one_and_stable_colours_stay():
    for graph in (networkx.path_graph(9), networkx.karate_club_graph(), networkx.cycle_graph(6)):
        edges, n = edges_of(graph), len(graph)
        step = wl_colours(edges, n, 0)
        for rounds in range(6):
            assert same_bits(step, wl_colours(edges, n, rounds))
            finer = wl_colours(edges, n, 1, step)
            assert partition(list(zip(step.tolist(), finer.tolist(), strict=True))) == partition(
                finer.tolist()
            )
            step = finer
        stable = wl_colours(edges, n, n - 1)
        assert same_bits(wl_colours(edges, n, 1, stable), stable)


def test_names_of_nodes_play_no_part():
    for seed in range(20):
        graph = networkx.gnp_random_graph(9, 0.3, seed=seed)
        edges, order = edges_of(graph), torch.randperm(9)
        there = renamed(torch.zeros(9, 1), edges, order)[1]
        for rounds in (0, 1, 3, 8):
            assert same_bits(wl_colours(there, 9, rounds), wl_colours(edges, 9, rounds)[order])


@pytest.mark.parametrize("rounds", [1, 2, 3, 6])
def test_tells_apart_on_all_graphs_of_up_to_seven_nodes_what_networkx_tells_apart(atlas, rounds):
    edges, batch = together(atlas)
    own = views(wl_colours(edges, len(batch), rounds), batch)
    hashes = [
        networkx.weisfeiler_lehman_graph_hash(graph, iterations=rounds, node_attr="mark") for graph in atlas
    ]
    assert partition(own) == partition(hashes)


def test_tells_nodes_apart_as_networkx_does(atlas):
    graphs = atlas[200:260]
    edges, batch = together(graphs)
    own = wl_colours(edges, len(batch), 3).tolist()
    hashes = [
        networkx.weisfeiler_lehman_subgraph_hashes(graph, node_attr="mark", iterations=3)[node][-1]
        for graph in graphs
        for node in range(len(graph))
    ]
    assert partition(own) == partition(hashes)


def test_of_996_connected_graphs_976_views_are_different(atlas):
    connected = [graph for graph in atlas if networkx.is_connected(graph)]
    edges, batch = together(connected)
    found = views(wl_colours(edges, len(batch), 6), batch)
    assert (len(found), len(set(found))) == (996, 976)


def test_cannot_tell_a_ring_of_six_from_two_triangles_unless_a_node_is_marked():
    ring = networkx.cycle_graph(6)
    triangles = networkx.disjoint_union(networkx.cycle_graph(3), networkx.cycle_graph(3))
    assert not networkx.is_isomorphic(ring, triangles)
    edges, batch = together([ring, triangles])
    one, other = views(wl_colours(edges, 12, 11), batch)
    assert one == other
    marked = torch.tensor([1, 0, 0, 0, 0, 0] * 2)
    one, other = views(wl_colours(edges, 12, 11, marked), batch)
    assert one != other


def test_colours_of_two_calls_are_not_comparable():
    """Alone, every regular graph has one colour: comparison needs one call for both."""
    ring, complete = networkx.cycle_graph(4), networkx.complete_graph(4)
    assert same_bits(wl_colours(edges_of(ring), 4, 3), wl_colours(edges_of(complete), 4, 3))
    edges, _ = together([ring, complete])
    assert wl_colours(edges, 8, 3).tolist() == [0] * 4 + [1] * 4


def test_messages_see_no_more_than_the_colours(atlas):
    """Two layers with random weights: nodes of one colour have one vector, whole graphs one sum."""
    edges, batch = together(atlas[:400])
    torch.manual_seed(0)
    x = torch.ones(len(batch), 1, dtype=torch.float64)
    for inputs in (1, 4):
        network = nn.Sequential(nn.Linear(inputs, 4), nn.Tanh()).double()
        x = GINConv(fill(network), 0.3)(x, edges)
    colours = wl_colours(edges, len(batch), 2)
    of_colour = torch.stack([x[colours == c].mean(0) for c in range(int(colours.max()) + 1)])
    assert (x - of_colour[colours]).abs().max() <= 1e-12
    sums = segment_sum(x, batch, 400).detach().round(decimals=8).tolist()
    pairs = list(zip(views(colours, batch), map(tuple, sums), strict=True))
    assert len(set(pairs)) == len({view for view, _ in pairs})


@pytest.mark.parametrize("device", DEVICES)
def test_no_edges_no_nodes_device_and_nothing_changed(device):
    edges, kept = EDGES.to(device), EDGES.clone()
    colours = wl_colours(edges.int(), NODES, 2)
    assert (colours.dtype, colours.device.type, tuple(colours.shape)) == (torch.int64, device, (NODES,))
    assert colours.tolist().count(colours[ALONE].item()) == 1
    assert same_bits(edges.cpu(), kept)
    assert wl_colours(NO_EDGES, 3, 5).tolist() == [0, 0, 0]
    assert wl_colours(NO_EDGES, 0, 5).tolist() == []


@pytest.mark.errors
def test_what_is_refused():
    with pytest.raises(ValueError, match=r"edge_index must lie in 0\.\.3, got 0\.\.4"):
        wl_colours(EDGES, 4, 1)
    with pytest.raises(ValueError, match="rounds must be a whole number of at least 0, got -1"):
        wl_colours(EDGES, NODES, -1)
    with pytest.raises(ValueError, match="num_nodes must be a whole number of at least 0, got -1"):
        wl_colours(EDGES, -1, 1)
    with pytest.raises(ShapeError, match=r"colours must have shape \[6\] \(one a node\), got \[5\]"):
        wl_colours(EDGES, NODES, 1, torch.zeros(5, dtype=torch.int64))
    with pytest.raises(TypeError, match=r"colours must be int64 or int32, got torch.float64"):
        wl_colours(EDGES, NODES, 1, features(1)[:, 0])
    with pytest.raises(ShapeError, match=r"edge_index must have shape \[2, E\], got \[9, 2\]"):
        wl_colours(EDGES.T, NODES, 1)
