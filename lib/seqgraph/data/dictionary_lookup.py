"""Look up what belongs to a key: every node asks the same nodes, and each needs another one."""

import torch

from seqgraph.core.expect import expect_generator, expect_size
from seqgraph.data.graphs import Graphs

NOT_ASKED = -1


def dictionary_lookup(
    num_graphs: int, generator: torch.Generator, num_keys: int = 8
) -> Graphs:
    r"""Draw dictionaries as graphs: K nodes ask, each for one key; K nodes answer, each with key and value.

    .. math:: y_q = \text{value}_{\pi(q)} \quad\text{with}\quad \text{key}_{\pi(q)} = \text{key}_q, \qquad
              x_v = [\text{one-hot}(\text{key}_v),\ \text{one-hot}(\text{value}_v)]

    Every answering node sends to every asking one, and nothing is sent back; an asking node has zeros for a
    value. Values are a permutation of 0..K-1, drawn anew for each graph. So all askers hear the same and must
    attend to different nodes. Where the senders are ranked alike for all receivers (static attention, 静态
    注意力), all put most of their weight on the same one, which is right for one of them. A guess is right in
    1 of K; the same ranking, sharp for some and flat for others, can bring somewhat more.

    Args:
        num_graphs: G, at least 1. In each the K askers come first, with the keys 0..K-1 in order.
        generator: on the CPU: the same seed gives the same dictionaries on every machine.
        num_keys: K, at least 2.

    Returns:
        Graphs with y ``[2 G K]``; answering nodes are not asked, they have y = -1.

    Source:
        [brody2022gatv2]

    Differs:
        Written anew from the description in the paper, whose program learns an embedding of keys and values.

    Example:
        >>> made = dictionary_lookup(1, torch.Generator().manual_seed(0), num_keys=3)
        >>> made.x.shape, made.edge_index.shape, made.y[3:].tolist()
        (torch.Size([6, 6]), torch.Size([2, 9]), [-1, -1, -1])
    """
    who, K = "dictionary_lookup", num_keys
    expect_size(who, "num_graphs", num_graphs)
    expect_size(who, "num_keys", num_keys, least=2)
    expect_generator(who, generator)
    values = torch.rand(num_graphs, K, generator=generator).argsort(1)
    one_hot = torch.eye(K, dtype=torch.get_default_dtype())
    x = one_hot.new_zeros(num_graphs, 2, K, 2, K)  # asks or answers; key or value
    x[:, :, :, 0] = one_hot
    x[:, 1, :, 1] = one_hot[values]
    asks, answers = torch.cartesian_prod(torch.arange(K), K + torch.arange(K)).T
    first = 2 * K * torch.arange(num_graphs).repeat_interleave(K * K)
    edge_index = torch.stack([answers, asks]).repeat(1, num_graphs) + first
    y = torch.stack([values, torch.full_like(values, NOT_ASKED)], dim=1).flatten()
    batch = torch.arange(num_graphs).repeat_interleave(2 * K)
    return Graphs(x.reshape(len(y), 2 * K), edge_index, y, batch)
