"""A batch of graphs: what the tasks on graphs hand out."""

from typing import NamedTuple

import torch
from torch import Tensor


class Graphs(NamedTuple):
    """Several graphs as one whose parts no edge joins, with the answers."""

    x: Tensor
    """Features of the nodes, ``[N, I]``; the nodes of graph 0 come first."""
    edge_index: Tensor
    """``[2, E]``, row 0 sends to row 1; an undirected edge stands both ways."""
    y: Tensor
    """The class of each node ``[N]``, or of each graph ``[G]``."""
    batch: Tensor
    """The graph of each node, ``[N]``."""


def sparse(adjacency: Tensor) -> tuple[Tensor, Tensor]:
    """The edges and the graph of each node, from adjacency matrices ``[G, n, n]``."""
    graphs, nodes = adjacency.shape[:2]
    graph, sender, receiver = adjacency.nonzero().unbind(1)
    edge_index = torch.stack([sender, receiver]) + nodes * graph
    return edge_index, torch.arange(graphs).repeat_interleave(nodes)


def shuffled(adjacency: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """The same graphs with their nodes in a random order, and the order ``[G, n]``."""
    order = torch.rand(adjacency.shape[:2], generator=generator).argsort(1)
    graph = torch.arange(len(adjacency))[:, None, None]
    return adjacency[graph, order[:, :, None], order[:, None]], order


def random_edges(
    graphs: int, nodes: int, probability: float, generator: torch.Generator
) -> Tensor:
    """Symmetric adjacency matrices ``[G, n, n]`` without loops, each pair joined on its own."""
    above = torch.rand(graphs, nodes, nodes, generator=generator) < probability
    above = above.triu(1)
    return above | above.mT


def joined(parts: list[tuple[Tensor, Tensor]]) -> tuple[Tensor, Tensor, Tensor]:
    """Features, edges and the graph of each node, from (features, adjacency) of graphs of any sizes."""
    features, edges, batch, nodes = [], [], [], 0
    for number, (x, adjacency) in enumerate(parts):
        features.append(x)
        edges.append(adjacency.nonzero().T + nodes)
        batch += len(x) * [number]
        nodes += len(x)
    return torch.cat(features), torch.cat(edges, dim=1), torch.tensor(batch)


def random_tree(size: int, generator: torch.Generator) -> Tensor:
    """The adjacency of a tree: each node but the first is joined to an earlier one, at random."""
    adjacency = torch.zeros(size, size, dtype=torch.bool)
    for new in range(1, size):
        old = int(torch.randint(0, new, (), generator=generator))
        adjacency[old, new] = adjacency[new, old] = True
    return adjacency
