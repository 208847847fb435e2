"""Sessions become tensors, and the words come out again."""

import pytest
import torch

from seqgraph.suggest import session_batch
from tests.checks.numbers import same_bits

PLACE = {"japan": 0, "tokyo": 1, "hotel": 2, "cheap": 3}
SESSIONS = [[("japan", "hotel"), ("tokyo", "hotel")], [("hotel", "hotel")]]
CANDIDATES = [[("cheap", "tokyo", "hotel"), ("japan",)], [("tokyo",), ("hotel",)]]


def test_every_entry():
    batch = session_batch(SESSIONS, CANDIDATES, PLACE)
    assert batch.bags.tolist() == [[[1, 0, 1, 0], [0, 1, 1, 0]], [[0, 0, 2, 0], [0, 0, 0, 0]]]
    assert batch.lengths.tolist() == [2, 1]
    assert batch.candidates.tolist() == [[[0, 1, 1, 1], [1, 0, 0, 0]], [[0, 1, 0, 0], [0, 0, 1, 0]]]
    assert batch.words.tolist() == [[3, 1, 2, 4], [1, 4, -100, -100]]


def test_take_some_sessions():
    batch = session_batch(SESSIONS, CANDIDATES, PLACE)
    part = batch.take(torch.tensor([1, 1, 0]))
    assert type(part) is type(batch)
    assert part.lengths.tolist() == [1, 1, 2]
    assert all(same_bits(a[0], b[1]) for a, b in zip(part, batch, strict=True))


@pytest.mark.errors
def test_refusals():
    with pytest.raises(ValueError, match="session_batch: candidates must hold 2 lists, got 1"):
        session_batch(SESSIONS, CANDIDATES[:1], PLACE)
    with pytest.raises(ValueError, match="session_batch: a session must hold at least one query, got none"):
        session_batch([SESSIONS[0], []], CANDIDATES, PLACE)
    with pytest.raises(KeyError, match="rome"):
        session_batch([[("rome",)]], [[("tokyo",)]], PLACE)
