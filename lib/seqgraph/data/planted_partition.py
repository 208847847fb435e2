"""Groups that are planted in a graph, in the features of its nodes, or in both."""

import torch

from seqgraph.core.expect import expect_generator, expect_size
from seqgraph.data.graphs import Graphs

SIGNALS = ("features", "graph", "both")
DEGREE, INSIDE = 8.0, 0.75  # edges of a node on average; the share inside its own group
SIZE, CLASSES = 8, 4  # numbers in the features of a node; groups


def planted_partition(
    generator: torch.Generator, signal: str = "both", num_nodes: int = 400
) -> Graphs:
    r"""Draw one graph of four groups; each node is to say to which it belongs.

    .. math:: y_v = v \bmod 4, \qquad x_v = s\, \text{one-hot}(y_v) + \varepsilon_v, \quad
              \varepsilon_v \sim N(0, I_8), \qquad
              P(u \sim v) = \begin{cases} p & y_u = y_v \\ q & \text{else} \end{cases}

    What tells the group is chosen by ``signal``. In the features: s = 1, else 0, and then they are noise. In
    the graph: three of four neighbours are of one's own group, else p = q. A node has about eight neighbours
    in any case. As groups take turns, the first 40 nodes are ten of each.

    Args:
        generator: on the CPU: the same seed gives the same graph on every machine.
        signal: ``"features"``, ``"graph"`` or ``"both"``.
        num_nodes: N, at least 40 and a multiple of 4.

    Raises:
        ValueError: any other signal or number of nodes.

    Example:
        >>> made = planted_partition(torch.Generator().manual_seed(0))
        >>> made.x.shape, made.y[:40].bincount().tolist()
        (torch.Size([400, 8]), [10, 10, 10, 10])
    """
    who = "planted_partition"
    expect_generator(who, generator)
    if signal not in SIGNALS:
        raise ValueError(
            f"{who}: signal must be one of {list(SIGNALS)}, got {signal!r}."
        )
    expect_size(who, "num_nodes", num_nodes, least=40)
    if num_nodes % CLASSES:
        raise ValueError(
            f"{who}: num_nodes must be a multiple of {CLASSES}, got {num_nodes}."
        )
    y = torch.arange(num_nodes) % CLASSES
    own = num_nodes // CLASSES - 1  # others of a node's own group
    inside = INSIDE if signal != "features" else own / (num_nodes - 1)
    p, q = DEGREE * inside / own, DEGREE * (1 - inside) / (num_nodes - 1 - own)
    chance = torch.where(y[:, None] == y, p, q)
    above = torch.rand(num_nodes, num_nodes, generator=generator) < chance
    above = above.triu(1)
    edge_index = (above | above.T).nonzero().T.contiguous()
    dtype = torch.get_default_dtype()
    x = torch.randn(num_nodes, SIZE, generator=generator, dtype=dtype)
    if signal != "graph":
        x = x + torch.nn.functional.one_hot(y, SIZE)
    return Graphs(x, edge_index, y, torch.zeros_like(y))
