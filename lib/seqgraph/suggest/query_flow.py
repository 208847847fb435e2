"""The older way: count which query followed which."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import torch
from jaxtyping import Float
from torch import Tensor

Query = Sequence[str]


class QueryFlow:
    r"""A query-flow graph: how often one query followed another in a log.

    .. math:: P(q' \mid q) = \frac{n_{q q'}}{\sum_{p} n_{q p}}

    Args:
        sessions: lists of queries, each a tuple of words.

    Example:
        >>> flow = QueryFlow([[("japan",), ("tokyo",)], [("japan",), ("sushi",)]])
        >>> flow.scores(("japan",), [("tokyo",), ("rome",)]).tolist()
        [0.5, 0.0]
    """

    def __init__(self, sessions: Iterable[Sequence[Query]]):
        pairs = [
            (tuple(one), tuple(two))
            for session in sessions
            for one, two in pairwise(session)
        ]
        self.links, self.leaving = Counter(pairs), Counter(one for one, _ in pairs)

    def scores(self, last: Query, candidates: Sequence[Query]) -> Float[Tensor, " C"]:
        """The probability of each candidate to follow the last query; 0 where nobody asked so."""
        total = max(self.leaving[tuple(last)], 1)
        return torch.tensor(
            [self.links[tuple(last), tuple(query)] / total for query in candidates]
        )
