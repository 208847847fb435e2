"""The Laplacian: by hand, against PyG and networkx, and what it says of a graph."""

import networkx
import numpy as np
import pytest
import torch
from torch_geometric.utils import get_laplacian

from seqgraph.core import ShapeError
from seqgraph.graphs import laplacian
from tests.checks.numbers import DEVICES, TIGHT, gap, random, same_bits
from tests.seqgraph.graphs.graphs import ALONE, BOTH_WAYS, EDGES, NO_EDGES, NODES, features, renamed


def weighted():
    """Weights that are the same both ways, also where an edge stands twice."""
    W = random(NODES, NODES).abs()
    return (W + W.T)[BOTH_WAYS[0], BOTH_WAYS[1]]


def test_by_hand():
    """0 - 1 with weight 3, 1 - 2 with weight 1."""
    edges = torch.tensor([[0, 1, 1, 2], [1, 0, 2, 1]])
    w = torch.tensor([3.0, 3.0, 1.0, 1.0])
    assert laplacian(edges, 3, w).tolist() == [[3.0, -3.0, 0.0], [-3.0, 4.0, -1.0], [0.0, -1.0, 1.0]]
    there = laplacian(edges, 3, w.double(), normalised=True)
    a, b = 3 / 12**0.5, 0.5
    assert gap(there, torch.tensor([[1, -a, 0], [-a, 1, -b], [0, -b, 1]], dtype=torch.float64)) <= TIGHT


@pytest.mark.parametrize("normalised", [False, True])
@pytest.mark.parametrize("weights", [None, weighted()], ids=["ones", "weights"])
@pytest.mark.parametrize("edges", [BOTH_WAYS, NO_EDGES], ids=["edges", "none"])
def test_is_pygs_with_loops_and_repeated_edges(edges, weights, normalised):
    if weights is not None:
        weights = weights[: edges.shape[1]]
    places, values = get_laplacian(
        edges, weights, "sym" if normalised else None, torch.float64, num_nodes=NODES
    )
    dense = torch.zeros(NODES, NODES, dtype=torch.float64).index_put(tuple(places), values.double(), True)
    if weights is None:
        weights = torch.ones(edges.shape[1], dtype=torch.float64)
    assert gap(laplacian(edges, NODES, weights, normalised), dense) <= TIGHT


@pytest.mark.parametrize("normalised", [False, True])
def test_is_networkxs_with_the_nodes_in_a_given_order(normalised):
    """Trap 11: the order of networkx's nodes is that of their coming, here 5, 4, 3, 2, 1, 0."""
    graph = networkx.Graph(networkx.path_graph(6).subgraph(range(6)).edges)
    graph = networkx.relabel_nodes(graph, {k: 5 - k for k in range(6)})
    graph.add_edge(5, 1)
    assert list(graph) != sorted(graph)
    edges = torch.tensor([[a, b] for a, b in graph.edges]).T
    own = laplacian(torch.cat([edges, edges.flip(0)], 1), 6, torch.ones(12).double(), normalised)
    there = networkx.normalized_laplacian_matrix if normalised else networkx.laplacian_matrix
    dense = lambda **options: torch.tensor(there(graph, **options).toarray()).double()  # noqa: E731
    assert gap(own, dense(nodelist=range(6))) <= TIGHT
    assert gap(own, dense()) > 0.1


def test_rows_sum_to_0_and_a_signal_is_as_rough_as_its_edges_say():
    L, x = laplacian(BOTH_WAYS, NODES, weighted()), features(3)
    assert L.sum(1).abs().max() <= TIGHT
    differences = (x[BOTH_WAYS[0]] - x[BOTH_WAYS[1]]).square().sum(1) * weighted()
    assert gap(torch.trace(x.T @ L @ x), differences.sum() / 2) <= TIGHT * 10


def test_self_loops_cancel_and_repeated_edges_count_twice():
    edges = torch.tensor([[0, 1, 0, 0], [1, 0, 0, 0]])
    assert laplacian(edges, 2).tolist() == [[1.0, -1.0], [-1.0, 1.0]]
    assert laplacian(edges.repeat(1, 2), 2).tolist() == [[2.0, -2.0], [-2.0, 2.0]]


@pytest.mark.parametrize(("normalised", "zeros"), [(False, 3), (True, 2)])
def test_k_components_give_k_zeros_unless_a_node_is_alone_and_L_normalised(normalised, zeros):
    """Two triangles and a node alone."""
    triangle = torch.tensor([[0, 1, 1, 2, 2, 0], [1, 0, 2, 1, 0, 2]])
    edges = torch.cat([triangle, triangle + 3], dim=1)
    L = laplacian(edges, 7, torch.ones(12, dtype=torch.float64), normalised)
    values = torch.linalg.eigvalsh(L)
    assert int(values.abs().le(1e-10).sum()) == zeros
    assert L[6, 6].item() == float(normalised)


def test_normalised_eigenvalues_lie_in_0_to_2_and_2_means_two_sides():
    graph = networkx.gnp_random_graph(12, 0.4, seed=1)
    edges = torch.tensor(list(graph.edges)).T
    values = torch.linalg.eigvalsh(
        laplacian(torch.cat([edges, edges.flip(0)], 1), 12, normalised=True).double()
    )
    assert values.min() > -1e-6
    assert values.max() < 1.9
    square = torch.tensor([[0, 1, 1, 2, 2, 3, 3, 0], [1, 0, 2, 1, 3, 2, 0, 3]])
    assert torch.linalg.eigvalsh(laplacian(square, 4, normalised=True)).max().item() == pytest.approx(2)


def test_gradients_reach_the_weights():
    w = weighted().requires_grad_()
    for normalised in (False, True):
        L = laplacian(BOTH_WAYS, NODES, w, normalised)
        (slope,) = torch.autograd.grad((L * random(NODES, NODES, seed=3)).sum(), w)
        loops = BOTH_WAYS[0] == BOTH_WAYS[1]
        assert torch.isfinite(slope).all()
        assert torch.count_nonzero(slope[loops]) == 0
        assert slope[~loops].abs().min() > 1e-6


def test_names_of_nodes_no_nodes_and_nothing_changed():
    order, kept = torch.randperm(NODES), BOTH_WAYS.clone()
    there = renamed(features(1), BOTH_WAYS, order)[1]
    assert same_bits(laplacian(there, NODES), laplacian(BOTH_WAYS, NODES)[order][:, order])
    assert laplacian(NO_EDGES, 0).shape == laplacian(NO_EDGES, 0, normalised=True).shape == (0, 0)
    assert torch.count_nonzero(laplacian(BOTH_WAYS, NODES)[ALONE]) == 0
    assert same_bits(BOTH_WAYS, kept)
    assert same_bits(laplacian(BOTH_WAYS.int(), NODES), laplacian(BOTH_WAYS, NODES))


@pytest.mark.parametrize("device", DEVICES)
def test_dtype_and_device(device):
    L = laplacian(BOTH_WAYS.to(device), NODES, weighted().to(device), True)
    assert (L.dtype, L.device.type) == (torch.float64, device)
    assert laplacian(BOTH_WAYS.to(device), NODES).dtype == torch.get_default_dtype()


@pytest.mark.errors
def test_what_is_refused():
    one_way = "must have each edge both ways, with one weight, got 1 from 0 to 1 and 0 back"
    with pytest.raises(ValueError, match=one_way):
        laplacian(torch.tensor([[0], [1]]), 2)
    with pytest.raises(ValueError, match="got 2 from 0 to 1 and 1 back"):
        laplacian(torch.tensor([[0, 1], [1, 0]]), 2, torch.tensor([2.0, 1.0]))
    with pytest.raises(ValueError, match="edge_weight must be at least 0, got -1"):
        laplacian(torch.tensor([[0, 1], [1, 0]]), 2, -torch.ones(2))
    with pytest.raises(ValueError, match="edge_weight must be at least 0, got nan"):
        laplacian(torch.tensor([[0, 1], [1, 0]]), 2, torch.full((2,), np.nan))
    with pytest.raises(ShapeError, match=r"edge_weight must have shape \[9\] \(one an edge\), got \[8\]"):
        laplacian(EDGES, NODES, torch.ones(8))
    with pytest.raises(TypeError, match=r"edge_weight must be a floating-point tensor, got torch.int64"):
        laplacian(EDGES, NODES, torch.ones(9, dtype=torch.int64))
    with pytest.raises(ValueError, match=r"edge_index must lie in 0\.\.3, got 0\.\.4"):
        laplacian(EDGES, 4)
    with pytest.raises(ValueError, match="num_nodes must be a whole number of at least 0, got -1"):
        laplacian(EDGES, -1)
    with pytest.raises(ShapeError, match=r"laplacian: edge_index must have shape \[2, E\], got \[9, 2\]"):
        laplacian(EDGES.T, NODES)
