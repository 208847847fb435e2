"""Sessions as tensors."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from seqgraph.suggest.generator import PADDING

Query = Sequence[str]


class SessionBatch(NamedTuple):
    """Sessions with their candidates, ready for a :class:`RIN`."""

    bags: Tensor
    """``[B, T, V]``: word counts of the queries that were seen."""
    lengths: Tensor
    """``[B]``: how many queries were seen."""
    candidates: Tensor
    """``[B, C, V]``: word counts of the candidates, the right one first."""
    words: Tensor
    """``[B, J]``: the numbers of the words of the right one, then V for the end, then -100."""

    def take(self, rows: Tensor) -> "SessionBatch":
        """Some of the sessions."""
        return SessionBatch(*(part[rows] for part in self))


def session_batch(
    sessions: Sequence[Sequence[Query]],
    candidates: Sequence[Sequence[Query]],
    place: Mapping[str, int],
) -> SessionBatch:
    r"""Turn sessions and candidates into tensors.

    Args:
        sessions: the queries that were seen in each session, at least one.
        candidates: as many for each session, the right one first; queries are sequences of words.
        place: the number of each word, 0 to V - 1.

    Returns:
        A :class:`SessionBatch`.

    Raises:
        ValueError: not as many lists of candidates as sessions, or a session without a query.
        KeyError: a word has no number.

    Example:
        >>> place = {"japan": 0, "tokyo": 1, "hotel": 2}
        >>> batch = session_batch([[("japan", "hotel")]], [[("tokyo", "hotel"), ("japan",)]], place)
        >>> batch.bags.tolist(), batch.words.tolist()
        ([[[1.0, 0.0, 1.0]]], [[1, 2, 3]])
    """
    if len(sessions) != len(candidates):
        raise ValueError(f"session_batch: candidates must hold {len(sessions)} lists, got {len(candidates)}.")
    if not all(sessions):
        raise ValueError("session_batch: a session must hold at least one query, got none.")
    longest = max(map(len, sessions))
    bags = [[_bag(query, place) for query in session] for session in sessions]
    bags = torch.stack([_padded(torch.stack(rows), longest, 0.0) for rows in bags])
    choices = [torch.stack([_bag(query, place) for query in row]) for row in candidates]
    words = [torch.tensor([*(place[word] for word in row[0]), len(place)]) for row in candidates]
    words = torch.stack([_padded(row, max(map(len, words)), PADDING) for row in words])
    return SessionBatch(bags, torch.tensor([len(row) for row in sessions]), torch.stack(choices), words)


def _bag(query: Query, place: Mapping[str, int]) -> Tensor:
    bag = torch.zeros(len(place))
    for word in query:
        bag[place[word]] += 1
    return bag


def _padded(rows: Tensor, length: int, filler: float) -> Tensor:
    return torch.cat([rows, rows.new_full((length - len(rows), *rows.shape[1:]), filler)])
