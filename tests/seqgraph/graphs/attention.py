"""Checks that layers with attention share."""

import torch
from torch import Tensor, nn

from seqgraph.core import segment_sum
from tests.checks.numbers import TIGHT, gap, random, same_bits
from tests.seqgraph.graphs.graphs import EDGES, NODES, features


def expect_pygs_attention(kind: type, module: nn.Module, edges: Tensor) -> None:
    """The same edges with the same shares, in the same order."""
    _, (there, shares) = module(features(3), edges, return_attention_weights=True)
    own = kind.from_pyg(module).attention(features(3), edges)
    assert same_bits(own.edge_index, there)
    assert gap(own.weights, shares) <= TIGHT


def check_shares(layer: nn.Module) -> None:
    """The shares into each receiver sum to 1, head by head; those out of a sender need not."""
    edges, shares = layer.attention(features(3), EDGES)
    ones = torch.ones(NODES, shares.shape[1], dtype=torch.float64)
    assert gap(segment_sum(shares, edges[1], NODES), ones) <= TIGHT
    assert gap(segment_sum(shares, edges[0], NODES), ones) > 0.1
    assert shares.min() > 0


def complete(seed: int = 0, nodes: int = 5) -> tuple[Tensor, Tensor]:
    return random(nodes, 3, seed=100 + seed), torch.cartesian_prod(torch.arange(nodes), torch.arange(nodes)).T


def shares_matrix(layer: nn.Module, x: Tensor, edges: Tensor) -> Tensor:
    """Receivers are rows, senders columns; the first head."""
    edges, shares = layer.attention(x, edges)
    return shares.new_zeros(len(x), len(x)).index_put((edges[1], edges[0]), shares[:, 0])
