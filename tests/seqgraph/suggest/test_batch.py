"""Sessions become tensors, and the words come out again."""

import pytest
import torch

from seqgraph.seq2seq import END, PAD, UNKNOWN, Alphabet
from seqgraph.suggest import session_batch
from tests.checks.numbers import same_bits

ALPHABET = Alphabet([("japan", "tokyo", "hotel", "cheap")])  # in order: cheap 4, hotel 5, japan 6, tokyo 7
SESSIONS = [[("japan", "hotel"), ("tokyo", "hotel")], [("hotel", "hotel")]]
CANDIDATES = [[("cheap", "tokyo", "hotel"), ("japan",)], [("tokyo",), ("hotel",)]]


def words_of(bags):
    """The columns of the four words; those of the four signs are empty."""
    assert bags[..., :4].abs().max() == 0
    return bags[..., 4:].tolist()


def test_every_entry():
    batch = session_batch(SESSIONS, CANDIDATES, ALPHABET)
    assert words_of(batch.bags) == [[[0, 1, 1, 0], [0, 1, 0, 1]], [[0, 2, 0, 0], [0, 0, 0, 0]]]
    assert batch.lengths.tolist() == [2, 1]
    assert words_of(batch.candidates) == [[[1, 1, 0, 1], [0, 0, 1, 0]], [[0, 0, 0, 1], [0, 1, 0, 0]]]
    assert batch.words.tolist() == [[4, 7, 5, END], [7, END, PAD, PAD]]
    assert ALPHABET.decode(batch.words) == [["cheap", "tokyo", "hotel"], ["tokyo"]]


def test_a_word_never_seen_is_counted_as_unknown():
    batch = session_batch([[("rome", "hotel", "rome")]], [[("rome",), ("hotel",)]], ALPHABET)
    assert batch.bags[0, 0].tolist() == [0, 0, 0, 2, 0, 1, 0, 0]
    assert batch.words.tolist() == [[UNKNOWN, END]]


def test_take_some_sessions():
    batch = session_batch(SESSIONS, CANDIDATES, ALPHABET)
    part = batch.take(torch.tensor([1, 1, 0]))
    assert type(part) is type(batch)
    assert part.lengths.tolist() == [1, 1, 2]
    assert all(same_bits(a[0], b[1]) for a, b in zip(part, batch, strict=True))


@pytest.mark.errors
def test_refusals():
    with pytest.raises(ValueError, match="session_batch: candidates must hold 2 lists, got 1"):
        session_batch(SESSIONS, CANDIDATES[:1], ALPHABET)
    for sessions, candidates in (([SESSIONS[0], []], CANDIDATES), ([], [])):
        with pytest.raises(ValueError, match="sessions must hold at least one query each, got none"):
            session_batch(sessions, candidates, ALPHABET)
    for row, came in (([("tokyo",)], r"\[1, 2\]"), ([], r"\[0, 2\]")):
        with pytest.raises(ValueError, match=f"candidates must be as many in each list, got {came}"):
            session_batch(SESSIONS, [CANDIDATES[0], row], ALPHABET)
