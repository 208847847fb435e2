"""The graph of words, queries and sites."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import torch
from torch import Tensor

Node = tuple[str, object]


class TermGraph(NamedTuple):
    """Nodes of three kinds and weighted links that can be walked both ways."""

    nodes: list[Node]
    """Pairs such as ``("term", "tokyo")`` and ``("query", ("tokyo", "hotel"))``."""
    edge_index: Tensor
    """``[2, E]``: row 0 sends, row 1 receives. Each link stands twice, once a direction."""
    weight: Tensor
    """``[E]``, float64: how often the link occurred."""


def term_graph(
    sessions: Iterable[tuple[Sequence, Sequence]],
    kinds: Sequence[str] = ("term", "query", "site"),
) -> TermGraph:
    r"""Build the heterogeneous graph (异质图) of the words, queries and clicked sites of a log.

    Each query is linked to its first word, each word to the word after it, each query to the site that was
    opened and to the query that came next. The weight is the number of occurrences.

    Args:
        sessions: pairs (queries, sites of the first of them); a query is a tuple of words.
        kinds: which kinds of nodes to keep; ``("term",)`` leaves the links between neighbouring words.

    Returns:
        A :class:`TermGraph` of the nodes that have a link, sorted: queries, sites, terms.

    Raises:
        ValueError: an unknown kind, an empty query, or a graph without links.

    Example:
        >>> graph = term_graph([([("japan", "hotel"), ("tokyo", "hotel")], ["hotel.example"])])
        >>> len(graph.nodes), graph.edge_index.shape
        (6, torch.Size([2, 12]))
    """
    if unknown := set(kinds) - {"term", "query", "site"}:
        raise ValueError(
            f"term_graph: kinds must be of term, query and site, got {sorted(unknown)}."
        )
    links = Counter(
        frozenset(link)
        for queries, sites in sessions
        for link in _links([tuple(query) for query in queries], sites)
        if link[0][0] in kinds and link[1][0] in kinds and link[0] != link[1]
    )
    if not links:
        raise ValueError("term_graph: sessions must give at least one link, got none.")
    nodes = sorted(
        {node for link in links for node in link},
        key=lambda node: (node[0], str(node[1])),
    )
    place = {node: i for i, node in enumerate(nodes)}
    pairs = sorted(
        (tuple(sorted(place[node] for node in link)), count)
        for link, count in links.items()
    )
    ends = torch.tensor([ends for ends, _ in pairs]).T
    weight = torch.tensor([count for _, count in pairs], dtype=torch.float64)
    return TermGraph(nodes, torch.cat([ends, ends.flip(0)], dim=1), weight.repeat(2))


def _links(
    queries: Sequence[tuple], sites: Sequence[str]
) -> Iterable[tuple[Node, Node]]:
    for query in queries:
        if not query:
            raise ValueError(
                "term_graph: a query must have at least one word, got none."
            )
        yield ("query", query), ("term", query[0])
        yield from ((("term", one), ("term", two)) for one, two in pairwise(query))
    yield from (
        (("query", query), ("site", site))
        for query, site in zip(queries, sites, strict=False)
    )
    yield from ((("query", one), ("query", two)) for one, two in pairwise(queries))
