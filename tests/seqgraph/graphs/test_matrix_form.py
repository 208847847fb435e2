"""The matrix form: the example of the model's article by hand, and its products against messages."""

import pytest
import torch

from seqgraph.core import ShapeError, segment_mean, segment_sum
from seqgraph.graphs import FixedPointGNN, matrix_form
from tests.checks.numbers import TIGHT, gap, random, same_bits
from tests.seqgraph.graphs.graphs import ALONE, EDGES, NO_EDGES, NODES, features, two_copies


def test_by_hand():
    """Edges 0 -> 2 and 1 -> 2 with one number each: the receiver comes first."""
    x = torch.tensor([[5.0], [7.0], [9.0]])
    form = matrix_form(x, torch.tensor([[0, 1], [2, 2]]), torch.tensor([[0.5], [0.25]]))
    assert form.edges.tolist() == [[2.0, 0.0, 9.0, 5.0, 0.5], [2.0, 1.0, 9.0, 7.0, 0.25]]
    assert form.arc_node.to_dense().tolist() == [[0.0, 0.0], [0.0, 0.0], [1.0, 1.0]]
    assert form.node_graph.to_dense().tolist() == [[1.0, 1.0, 1.0]]


@pytest.mark.parametrize("edges", [EDGES, NO_EDGES], ids=["edges", "none"])
def test_products_are_sums_over_senders_and_over_graphs(edges):
    x, edges = two_copies(features(3), edges)
    batch = torch.arange(2).repeat_interleave(NODES)
    form = matrix_form(x, edges, batch=batch, num_graphs=3)
    messages = random(edges.shape[1], 4)
    summed = segment_sum(messages, edges[1], 2 * NODES)
    assert gap(form.arc_node @ messages, summed) <= TIGHT
    assert gap(form.node_graph @ x, segment_sum(x, batch, 3)) <= TIGHT
    assert torch.count_nonzero((form.arc_node @ messages)[ALONE]) == 0


def test_the_network_in_matrix_form_has_the_same_states():
    """Table, product with W and U, arc-node matrix with rows that sum to 1; again until nothing changes."""
    gnn = FixedPointGNN(3, 4, edge_size=2, tolerance=1e-14).double()
    x, e = features(3), random(EDGES.shape[1], 2)
    form = matrix_form(x, EDGES, e)
    sender, arc_node = form.edges[:, 1].long(), form.arc_node.to_dense()
    arc_node = arc_node / arc_node.sum(1, keepdim=True).clamp(min=1)
    h = torch.zeros(NODES, 4, dtype=torch.float64)
    for _ in range(400):
        h = arc_node @ torch.tanh(gnn.W(form.edges[:, 2:]) + h[sender] @ gnn.contraction().T)
    assert gap(h, gnn(x, EDGES, e)) <= TIGHT
    messages = random(EDGES.shape[1], 4)
    assert gap(arc_node @ messages, segment_mean(messages, EDGES[1], NODES)) <= TIGHT


def test_nothing_is_changed_and_the_dtype_is_that_of_the_labels():
    x, kept = features(3).float(), EDGES.clone()
    form = matrix_form(x, EDGES)
    assert {part.dtype for part in form} == {torch.float32}
    assert same_bits(EDGES, kept)


@pytest.mark.errors
def test_what_is_refused():
    x = features(3)
    with pytest.raises(ShapeError, match=r"matrix_form: batch must have shape \[6\] \(one number a node\)"):
        matrix_form(x, EDGES, batch=torch.zeros(5, dtype=torch.int64))
    with pytest.raises(ValueError, match=r"batch must lie in 0\.\.0, got 1\.\.1"):
        matrix_form(x, EDGES, batch=torch.ones(6, dtype=torch.int64))
    with pytest.raises(ShapeError, match=r"labels must have shape \[N, I\]"):
        matrix_form(x[:, 0], EDGES)
    with pytest.raises(ValueError, match="num_graphs must be a whole number of at least 1, got 0"):
        matrix_form(x, EDGES, num_graphs=0)
