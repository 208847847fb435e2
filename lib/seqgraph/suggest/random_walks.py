"""Walkers on a graph who choose their way by chance."""

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.expect import expect, expect_size


def random_walks(
    edge_index: Int64[Tensor, "2 E"],
    weight: Float[Tensor, " E"],
    walks: int,
    length: int,
    generator: torch.Generator,
) -> Int64[Tensor, "W T"]:
    r"""Walk at random (随机游走) from every node of a graph.

    .. math:: P(x_{t+1} = j \mid x_t = i) = \frac{a_{ij}}{\sum_k a_{ik}}

    Args:
        edge_index: row 0 sends, row 1 receives. Every node must send at least one edge.
        weight: a, one number above 0 an edge.
        walks, length: how many walks start at each node, and the nodes in a walk; at least 1.
        generator: a CPU generator.

    Returns:
        One walk a row, ``walks`` rows for node 0 first.

    Raises:
        ValueError: a weight is not above 0, or a node has no way out.

    Example:
        >>> ring = torch.tensor([[0, 1, 2], [1, 2, 0]])
        >>> random_walks(ring, torch.ones(3), 1, 4, torch.Generator().manual_seed(0)).tolist()
        [[0, 1, 2, 0], [1, 2, 0, 1], [2, 0, 1, 2]]
    """
    expect("random_walks", "edge_index", edge_index, (2, "E"))
    expect("random_walks", "weight", weight, (edge_index.shape[1],), "one an edge")
    expect_size("random_walks", "walks", walks)
    expect_size("random_walks", "length", length)
    if not bool((weight > 0).all()):
        raise ValueError(
            f"random_walks: weight must be above 0, got {weight.min().item():g}."
        )
    order = edge_index[0].argsort(stable=True)
    source = edge_index[0, order]
    target = edge_index[1, order]
    weight = weight[order].double()
    nodes = int(edge_index.max()) + 1
    degree = torch.zeros(nodes, dtype=torch.float64).index_add(0, source, weight)
    if not bool((degree > 0).all()):
        raise ValueError(
            f"random_walks: node {int(degree.argmin())} has no edge to leave by."
        )
    # The edges of a node lie side by side on one long ruler; a walker throws a dart at the node's part.
    ruler = weight.cumsum(0)
    last = (
        torch.zeros(nodes, dtype=torch.long)
        .index_add(0, source, torch.ones_like(source))
        .cumsum(0)
        - 1
    )
    steps = [torch.arange(nodes).repeat_interleave(walks)]
    for _ in range(length - 1):
        here = steps[-1]
        dart = (
            ruler[last[here]]
            - degree[here] * torch.rand(len(here), generator=generator).double()
        )
        steps.append(target[torch.searchsorted(ruler, dart).clamp(max=last[here])])
    return torch.stack(steps, dim=1)
