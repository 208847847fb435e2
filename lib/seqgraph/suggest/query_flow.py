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

    Where:
        n_{qq'} is the number of times that q' came directly after q in one session.

    Args:
        sessions: lists of queries, each a tuple of words.

    Source:
        [boldi2008queryflow]

    Differs:
        There a classifier weighs the links, by words and times too. Here a link is a plain count.

    Example:
        >>> flow = QueryFlow([[("japan",), ("tokyo",)], [("japan",), ("tokyo",)], [("japan",), ("sushi",)]])
        >>> flow.scores(("japan",), [("tokyo",), ("sushi",), ("rome",)])
        tensor([0.6667, 0.3333, 0.0000])
    """

    def __init__(self, sessions: Iterable[Sequence[Query]]):
        pairs = [(tuple(one), tuple(two)) for session in sessions for one, two in pairwise(session)]
        self.links, self.leaving = Counter(pairs), Counter(one for one, _ in pairs)

    def scores(self, last: Query, candidates: Sequence[Query]) -> Float[Tensor, " C"]:
        """The probability of each candidate to follow the last query; 0 where nobody asked so."""
        total = max(self.leaving[tuple(last)], 1)
        return torch.tensor([self.links[tuple(last), tuple(query)] / total for query in candidates])
