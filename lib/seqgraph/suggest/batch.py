"""Sessions as tensors."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from seqgraph.seq2seq import END, PAD, Alphabet
from seqgraph.text import bag_of_words

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
    """``[B, J]``: the numbers of the words of the right one, then END, then PAD."""

    def take(self, rows: Tensor) -> "SessionBatch":
        """Some of the sessions."""
        return SessionBatch(*(part[rows] for part in self))


def session_batch(
    sessions: Sequence[Sequence[Query]],
    candidates: Sequence[Sequence[Query]],
    alphabet: Alphabet,
) -> SessionBatch:
    r"""Turn sessions and candidates into tensors.

    Args:
        sessions: the queries seen in each session, at least one; a query is a sequence of words.
        candidates: for each session as many queries, at least one, the right one first.
        alphabet: numbers the words, 0 to V - 1; a word that it does not know counts as UNKNOWN.

    Returns:
        A :class:`SessionBatch`.

    Example:
        >>> words = Alphabet([("japan", "hotel")])
        >>> session_batch([[("japan",)]], [[("japan", "hotel"), ("hotel",)]], words).words
        tensor([[5, 4, 2]])
    """
    _expect_lists(sessions, candidates)
    bags = pad_sequence(
        [_bags(session, alphabet) for session in sessions], batch_first=True
    )
    choices = torch.stack([_bags(row, alphabet) for row in candidates])
    lengths = list(map(len, sessions))
    return SessionBatch(
        bags,
        torch.tensor(lengths),
        choices,
        alphabet.encode([row[0] for row in candidates]),
    )


def _expect_lists(
    sessions: Sequence[Sequence[Query]], candidates: Sequence[Sequence[Query]]
) -> None:
    if len(sessions) != len(candidates):
        raise ValueError(
            f"session_batch: candidates must hold {len(sessions)} lists, got {len(candidates)}."
        )
    if not sessions or not all(sessions):
        raise ValueError(
            "session_batch: sessions must hold at least one query each, got none."
        )
    if len(sizes := {len(row) for row in candidates}) > 1 or 0 in sizes:
        raise ValueError(
            f"session_batch: candidates must be as many in each list, got {sorted(sizes)}."
        )


def _bags(queries: Sequence[Query], alphabet: Alphabet) -> Tensor:
    bags = bag_of_words(alphabet.encode(queries), len(alphabet))
    bags[:, [PAD, END]] = 0
    return bags
