"""How much of one tree over a line another tree has."""

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.expect import expect


def brackets(merges: list[int]) -> set[tuple[int, int]]:
    r"""The pieces of a line that become one vector on the way, as (first, last) place; the whole is left out.

    Args:
        merges: merge m joins places merges[m] and merges[m] + 1 of what is left.

    Example:
        >>> sorted(brackets([1, 1, 0]))  # the line is (a ((b c) d))
        [(1, 2), (1, 3)]
    """
    pieces, found = [(place, place) for place in range(len(merges) + 1)], set()
    for place in merges:
        (first, _), (_, last) = pieces[place : place + 2]
        pieces[place : place + 2] = [(first, last)]
        found.add((first, last))
    return found - {(0, len(merges))}


def bracket_share(
    merges: Int64[Tensor, "B M"], wanted: Int64[Tensor, "B M"]
) -> Float[Tensor, " B"]:
    r"""The share of the wanted tree's brackets that a tree has, one a line; 1 where there are none to find.

    Args:
        merges: the merges of the trees to judge, as :class:`GreedyComposer` returns them.
        wanted: the merges of the trees to find, over as many words.

    Example:
        >>> wanted, left = torch.tensor([[1, 1, 0]]), torch.tensor([[0, 1, 0]])
        >>> bracket_share(wanted, wanted).tolist(), bracket_share(left, wanted).tolist()
        ([1.0], [0.0])
    """
    expect("bracket_share", "merges", merges, ("B", "M"))
    expect("bracket_share", "wanted", wanted, tuple(merges.shape), "like merges")
    pairs = zip(merges.tolist(), wanted.tolist(), strict=True)
    both = [(brackets(ours), brackets(theirs)) for ours, theirs in pairs]
    shares = [
        len(ours & theirs) / len(theirs) if theirs else 1.0 for ours, theirs in both
    ]
    return torch.tensor(shares)
