"""The graph network block: loops by hand, PyG's MetaLayer, and the layers that it contains."""

import pytest
import torch
from torch import nn
from torch_geometric.nn import MetaLayer

from seqgraph.core import ShapeError, segment_mean, segment_sum
from seqgraph.graphs import GCNConv, GINConv, GraphNetworkBlock
from seqgraph.graphs.edges import one_loop_each, symmetric_weights
from tests.checks.numbers import DEVICES, TIGHT, fill, gap, random, same_bits
from tests.seqgraph.graphs.graphs import ALONE, EDGES, NO_EDGES, NODES, features, renamed

I, F, U, G = 3, 2, 2, 4
E = EDGES.shape[1]
# Two copies of the graph, then an empty graph and one node without edges.
PAIR = torch.cat([EDGES, EDGES + NODES], dim=1)
BATCH = torch.tensor([0] * NODES + [1] * NODES + [3])


def network(inputs: int, outputs: int, seed: int) -> nn.Module:
    return fill(nn.Sequential(nn.Linear(inputs, 5), nn.Tanh(), nn.Linear(5, outputs)).double(), seed)


def parts():
    return network(F + 2 * I + U, 4, 0), network(4 + I + U, 5, 10), network(4 + 5 + U, 6, 20)


def inputs():
    return random(2 * NODES + 1, I), random(2 * E, F, seed=1), random(G, U, seed=2)


def by_hand(networks, x, edges, e, u, batch):
    """Algorithm 1 of the paper: loops over edges, nodes and graphs."""
    of_edge, of_node, of_graph = networks
    nodes, graphs = range(len(x)), range(len(u))
    new_e = [of_edge(torch.cat([e[k], x[i], x[j], u[batch[i]]])) for k, (j, i) in enumerate(edges.T.tolist())]
    new_x = []
    for i in nodes:
        heard = [new_e[k] for k in range(len(new_e)) if edges[1, k] == i]
        new_x.append(of_node(torch.cat([sum(heard, torch.zeros(4).double()), x[i], u[batch[i]]])))
    new_u = []
    for g in graphs:
        edge_sum = sum(
            [new_e[k] for k in range(len(new_e)) if batch[edges[1, k]] == g], torch.zeros(4).double()
        )
        node_sum = sum([new_x[i] for i in nodes if batch[i] == g], torch.zeros(5).double())
        new_u.append(of_graph(torch.cat([edge_sum, node_sum, u[g]])))
    return torch.stack(new_x), torch.stack(new_e), torch.stack(new_u)


def test_is_the_algorithm_of_the_paper_in_loops_and_so_are_its_gradients():
    networks = parts()
    results = []
    for run in (GraphNetworkBlock(*networks), lambda *all: by_hand(networks, *all)):
        x, e, u = (part.requires_grad_() for part in inputs())
        new = tuple(run(x, PAIR, e, u, BATCH))
        loss = sum((part * random(*part.shape, seed=5)).sum() for part in new)
        weights = [p for part in networks for p in part.parameters()]
        results.append((*new, *torch.autograd.grad(loss, (x, e, u, *weights))))
    assert gap(*results) <= 10 * TIGHT


class EdgeModel(nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, sender, receiver, e, u, batch):
        return self.network(torch.cat([e, receiver, sender, u[batch]], 1))


class NodeModel(EdgeModel):
    def forward(self, x, edges, e, u, batch):
        return self.network(torch.cat([segment_sum(e, edges[1], len(x)), x, u[batch]], 1))


class GlobalModel(EdgeModel):
    def forward(self, x, edges, e, u, batch):
        sums = segment_sum(e, batch[edges[1]], len(u)), segment_sum(x, batch, len(u))
        return self.network(torch.cat([*sums, u], 1))


def test_is_pygs_meta_layer_with_the_same_three_parts():
    networks, (x, e, u) = parts(), inputs()
    kinds = zip((EdgeModel, NodeModel, GlobalModel), networks, strict=True)
    there = MetaLayer(*[kind(network) for kind, network in kinds])(x, PAIR, e, u, BATCH)
    assert gap(tuple(GraphNetworkBlock(*networks)(x, PAIR, e, u, BATCH)), tuple(there)) <= TIGHT


def test_with_suitable_parts_it_is_gcn():
    """Edges carry the weights, a message is weight times W x_j, a node is what it heard."""
    layer, x = fill(GCNConv(I, 4).double()), features(I)
    edges = one_loop_each(EDGES, NODES)
    weights = symmetric_weights(edges, edges[1], NODES, x.dtype)[:, None]
    block = GraphNetworkBlock(
        lambda row: row[:, :1] * layer.W(row[:, 1 + I :]), lambda row: row[:, :4] + layer.b, lambda row: row
    )
    assert gap(block(x, edges, weights).x, layer(x, EDGES)) <= TIGHT


def test_with_suitable_parts_it_is_gin():
    layer, x = GINConv(network(I, 4, 0), 0.3), features(I)
    block = GraphNetworkBlock(
        lambda row: row[:, I:], lambda row: layer.network(row[:, :I] + 1.3 * row[:, I:]), lambda row: row
    )
    assert gap(block(x, EDGES).x, layer(x, EDGES)) <= TIGHT


def test_without_messages_it_is_a_deep_set():
    node, whole = network(I, 4, 0), network(4, 2, 10)
    x = features(I)
    block = GraphNetworkBlock(lambda row: row[:, :0], node, whole)
    assert gap(block(x, NO_EDGES).u, whole(node(x).sum(0, keepdim=True))) <= TIGHT


def test_by_hand():
    """0 and 1 send to 2; each part adds up all that it gets: edges 4 and 6, nodes 1, 2, 13, the graph 26."""
    total = lambda row: row.sum(1, keepdim=True)  # noqa: E731
    new = GraphNetworkBlock(total, total, total)(
        torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([[0, 1], [2, 2]]), torch.tensor([[0.0], [1.0]])
    )
    assert [part.flatten().tolist() for part in new] == [[1.0, 2.0, 13.0], [4.0, 6.0], [26.0]]


def test_another_aggregation_is_a_subclass():
    class Means(GraphNetworkBlock):
        def aggregate(self, messages, index, num_nodes):
            return segment_mean(messages, index, num_nodes)

    first = lambda row: row[:, :1]  # noqa: E731
    new = Means(first, first, first)(
        torch.zeros(3, 1), torch.tensor([[0, 1], [2, 2]]), torch.tensor([[5.0], [7.0]])
    )
    assert (new.x[:, 0].tolist(), new.u.tolist()) == ([0.0, 0.0, 6.0], [[6.0]])


def test_trap_5_an_edge_from_0_to_1_changes_node_1_and_the_whole_only():
    block, (x, e, u) = GraphNetworkBlock(*parts()), inputs()
    one = block(x, torch.tensor([[0], [1]]), e[:1], u, BATCH)
    none = block(x, NO_EDGES, e[:0], u, BATCH)
    assert (one.x - none.x).abs().sum(1).gt(1e-9).nonzero().flatten().tolist() == [1]
    assert (one.u - none.u).abs().sum(1).gt(1e-9).nonzero().flatten().tolist() == [0]


def test_names_of_nodes_and_the_graphs_beside_do_not_matter():
    block, (x, e, u), order = GraphNetworkBlock(*parts()), inputs(), torch.randperm(2 * NODES + 1)
    new = block(x, PAIR, e, u, BATCH)
    there, edges = renamed(x, PAIR, order)
    other = block(there, edges, e, u, BATCH[order])
    assert gap(tuple(other), (new.x[order], new.e, new.u)) <= TIGHT
    alone = block(x[:NODES], EDGES, e[:E], u[:1])
    assert gap(tuple(alone), (new.x[:NODES], new.e[:E], new.u[:1])) <= TIGHT


def test_trap_8_lonely_nodes_empty_graphs_no_edges_and_no_nodes():
    block, (x, e, u) = GraphNetworkBlock(*parts()), inputs()
    new = block(x, PAIR, e, u, BATCH)
    nothing = torch.zeros(4, dtype=torch.float64)
    assert gap(new.x[ALONE], block.node_network(torch.cat([nothing, x[ALONE], u[0]]))) <= TIGHT
    empty = block.global_network(torch.cat([nothing, torch.zeros(5).double(), u[2]]))
    assert gap(new.u[2], empty) <= TIGHT
    none = block(x[:0], NO_EDGES, e[:0], u, BATCH[:0])
    assert [len(part) for part in none] == [0, 0, G]
    assert gap(none.u[2], empty) <= TIGHT


@pytest.mark.parametrize("device", DEVICES)
def test_device_weights_and_nothing_changed(device):
    block = GraphNetworkBlock(*parts()).to(device)
    assert len(list(block.parameters())) == 12
    given = [part.to(device) for part in (*inputs(), PAIR, BATCH)]
    copies = tuple(part.clone() for part in given)
    x, e, u, edges, batch = given
    new = block(x, edges, e, u, batch)
    assert {(part.dtype, part.device.type) for part in new} == {(torch.float64, device)}
    assert same_bits(tuple(given), copies)
    assert gap(tuple(block(x, edges.int(), e, u, batch.int())), tuple(new)) <= TIGHT


@pytest.mark.errors
def test_what_is_refused():
    block, (x, e, u) = GraphNetworkBlock(*parts()), inputs()
    across = "edge_index must stay within each graph of batch, got an edge from graph 0 to graph 1"
    with pytest.raises(ValueError, match=across):
        block(x, torch.tensor([[0, 0], [1, NODES]]), e[:2], u, BATCH)
    with pytest.raises(ShapeError, match=r"e must have shape \[18, 2\] \(one row an edge\), got \[17, 2\]"):
        block(x, PAIR, e[1:], u, BATCH)
    with pytest.raises(ShapeError, match=r"e must have shape \[18, F\] \(one row an edge\), got \[18\]"):
        block(x, PAIR, e[:, 0], u, BATCH)
    with pytest.raises(ShapeError, match=r"u must have shape \[G, U\], got \[2\]"):
        block(x, PAIR, e, u[0], BATCH)
    with pytest.raises(TypeError, match=r"u must be torch.float64 like x, got torch.float32"):
        block(x, PAIR, e, u.float(), BATCH)
    with pytest.raises(ValueError, match=r"batch must lie in 0\.\.2, got 0\.\.3"):
        block(x, PAIR, e, u[:3], BATCH)
    with pytest.raises(ShapeError, match=r"batch must have shape \[13\] \(one number a node\), got \[12\]"):
        block(x, PAIR, e, u, BATCH[1:])
    with pytest.raises(ShapeError, match=r"x must have shape \[N, I\], got \[13\]"):
        block(x[:, 0], PAIR, e, u, BATCH)
