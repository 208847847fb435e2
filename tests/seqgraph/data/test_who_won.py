"""Who won: every sentence once, the right winner, and a mirror image for each."""

from collections import Counter, defaultdict

import pytest

from seqgraph.data import who_won

BOTH = ("beats", "loses-to")


@pytest.mark.parametrize("verbs", [("beats",), ("loses-to",), BOTH])
@pytest.mark.parametrize("num_names", [2, 5, 16])
def test_every_sentence_stands_there_once_with_its_winner(num_names, verbs):
    sentences, winners = who_won(num_names, verbs)
    assert len(sentences) == len(winners) == num_names * (num_names - 1) * len(verbs)
    assert len({tuple(sentence) for sentence in sentences}) == len(sentences)
    for (first, verb, second), winner in zip(sentences, winners, strict=True):
        assert first != second
        assert winner == {"beats": first, "loses-to": second}[verb]
    assert len(set(winners)) == num_names


@pytest.mark.parametrize("verbs", [("beats",), BOTH])
def test_each_bag_of_words_has_two_winners_equally_often(verbs):
    winners_of = defaultdict(Counter)
    for sentence, winner in zip(*who_won(6, verbs), strict=True):
        winners_of[tuple(sorted(sentence))][winner] += 1
    for winners in winners_of.values():
        assert list(winners.values()) == [1, 1]


@pytest.mark.errors
def test_errors():
    with pytest.raises(ValueError, match=r"num_names must be a whole number in 2\.\.16"):
        who_won(17)
    with pytest.raises(ValueError, match=r"num_names must be a whole number in 2\.\.16 .*, got 1"):
        who_won(1)
    for verbs in ((), ("beats", "beats"), ("draws",)):
        with pytest.raises(ValueError, match=r"verbs must be some of \['beats', 'loses-to'\], each once"):
            who_won(3, verbs)
