"""The Weisfeiler-Leman test: what a node can learn from messages, as a colour."""

import torch
from jaxtyping import Integer
from torch import Tensor

from seqgraph.core.expect import WHOLE, expect, expect_indices, expect_size


def wl_colours(
    edge_index: Integer[Tensor, "2 E"],
    num_nodes: int,
    rounds: int,
    colours: Integer[Tensor, " N"] | None = None,
) -> Integer[Tensor, " N"]:
    r"""Refine the colours of nodes by what their senders have (Weisfeiler-Leman, WL 测试), ``[N]``.

    .. math:: c_i' = \text{number of}\ \bigl(c_i,\ \{\!\{ c_j : j \to i \}\!\}\bigr)

    The braces are a multiset (多重集): how often each colour comes. New colours are 0, 1, ... in the sorted
    order of these pairs, so the names of the nodes play no part, and colours that no round can refine stay as
    they are. Two graphs are compared within one call, as one graph of two parts: then equal colours are equal
    views of as many rounds. If their colours are not equally frequent, the graphs are not isomorphic; the
    converse is not true.

    Args:
        edge_index: ``[2, E]``, row 0 sends; a repeated edge counts twice.
        num_nodes: N, at least 0.
        rounds: how often, at least 0; N - 1 are always enough.
        colours: whole numbers to start from; without them all nodes are alike.

    Raises:
        TypeError: colours are no whole numbers.

    Source:
        [weisfeiler1968reduction]

    Example:
        >>> path = torch.tensor([[0, 1, 1, 2, 2, 3], [1, 0, 2, 1, 3, 2]])
        >>> wl_colours(path, 4, rounds=1).tolist()  # ends and inner nodes
        [0, 1, 1, 0]
    """
    expect_size("wl_colours", "num_nodes", num_nodes, least=0)
    expect_size("wl_colours", "rounds", rounds, least=0)
    expect("wl_colours", "edge_index", edge_index, (2, "E*"))
    expect_indices("wl_colours", "edge_index", edge_index, num_nodes)
    if colours is None:
        colours = torch.zeros(num_nodes, dtype=torch.int64)
    expect("wl_colours", "colours", colours, (num_nodes,), "one a node")
    if colours.dtype not in WHOLE:
        raise TypeError(
            f"wl_colours: colours must be int64 or int32, got {colours.dtype}."
        )
    edges, found = edge_index.T.tolist(), _numbered(colours.tolist())
    for _ in range(rounds):
        heard = [[] for _ in range(num_nodes)]
        for sender, receiver in edges:
            heard[receiver].append(found[sender])
        found = _numbered(
            [(own, *sorted(others)) for own, others in zip(found, heard, strict=True)]
        )
    return torch.tensor(found, dtype=torch.int64, device=edge_index.device)


def _numbered(views: list) -> list[int]:
    """The place of each view among all different ones, sorted."""
    place = {view: number for number, view in enumerate(sorted(set(views)))}
    return [place[view] for view in views]
