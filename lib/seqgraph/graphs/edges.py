"""Self-loops put right, and the weights that make up for the number of neighbours."""

import torch
from jaxtyping import Float, Integer
from torch import Tensor


def without_loops(edge_index: Integer[Tensor, "2 E"]) -> Integer[Tensor, "2 F"]:
    """All edges but those from a node to itself."""
    return edge_index[:, edge_index[0] != edge_index[1]]


def one_loop_each(
    edge_index: Integer[Tensor, "2 E"], num_nodes: int
) -> Integer[Tensor, "2 F"]:
    """Every node hears itself exactly once: loops that are missing come in, repeated ones count once."""
    nodes = torch.arange(num_nodes, dtype=edge_index.dtype, device=edge_index.device)
    return torch.cat([without_loops(edge_index), nodes.expand(2, -1)], dim=1)


def symmetric_weights(
    edge_index: Integer[Tensor, "2 E"],
    ends: Integer[Tensor, " E"],
    num_nodes: int,
    dtype: torch.dtype,
) -> Float[Tensor, " E"]:
    """1 / sqrt(d_i d_j) for each edge; d counts how often a node is in ``ends``, and 1 / sqrt(0) is 0."""
    degree = torch.bincount(ends, minlength=num_nodes).to(dtype)
    scale = torch.where(degree > 0, degree.clamp(min=1).rsqrt(), 0)
    return scale[edge_index[0]] * scale[edge_index[1]]
