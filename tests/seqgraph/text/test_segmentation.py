"""BMES: the round trip over every segmentation, the reading of every tag sequence, and the rules."""

from itertools import pairwise, product

import pytest
import torch

from seqgraph.text import bmes_rules, bmes_to_spans, is_well_formed, spans_to_bmes, word_spans


def compositions(length):
    """Every way to cut ``length`` characters into words."""
    for cuts in product([False, True], repeat=max(length - 1, 0)):
        borders = [0, *(t + 1 for t, cut in enumerate(cuts) if cut), length]
        yield list(pairwise(borders)) if length else []


def test_by_hand():
    assert spans_to_bmes([(0, 2), (2, 4), (4, 6), (6, 7), (7, 10)]) == "BEBEBESBME"
    assert bmes_to_spans("BEBEBESBME") == [(0, 2), (2, 4), (4, 6), (6, 7), (7, 10)]


def test_where_words_stand():
    words = ["南京市", "长江", "大", "桥"]
    spans = word_spans(words)
    assert ["".join(words)[a:b] for a, b in spans] == words
    assert spans == [(0, 3), (3, 5), (5, 6), (6, 7)]
    assert word_spans([]) == []
    with pytest.raises(ValueError, match=r"word_spans: no word may be empty, got \['a', ''\]"):
        word_spans(["a", ""])


@pytest.mark.parametrize("length", range(11))
def test_round_trip_on_every_composition(length):
    seen = set()
    for spans in compositions(length):
        tags = spans_to_bmes(spans)
        assert len(tags) == length
        assert is_well_formed(tags)
        assert bmes_to_spans(tags) == spans
        assert bmes_to_spans(list(tags)) == spans
        seen.add(tags)
    assert len(seen) == 2 ** max(length - 1, 0)


@pytest.mark.parametrize("length", range(7))
def test_every_tag_sequence_is_read_and_the_well_formed_ones_are_counted(length):
    well_formed = 0
    for tags in map("".join, product("BMES", repeat=length)):
        spans = bmes_to_spans(tags)
        assert [t for a, b in spans for t in range(a, b)] == list(range(length))
        assert all(a < b for a, b in spans)
        again = spans_to_bmes(spans)
        assert is_well_formed(tags) == (again == tags)
        well_formed += is_well_formed(tags)
    assert well_formed == 2 ** max(length - 1, 0)


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("M", [(0, 1)]),
        ("B", [(0, 1)]),
        ("MME", [(0, 3)]),
        ("EE", [(0, 1), (1, 2)]),
        ("BB", [(0, 1), (1, 2)]),
        ("BSE", [(0, 1), (1, 2), (2, 3)]),
        ("SMMS", [(0, 1), (1, 3), (3, 4)]),
    ],
)
def test_ill_formed_tags_by_hand(tags, spans):
    assert bmes_to_spans(tags) == spans
    assert not is_well_formed(tags)


def test_the_rules_allow_exactly_the_well_formed_tags():
    rules = bmes_rules()
    for tags in product(range(4), repeat=4):
        score = rules.start[tags[0]] + rules.end[tags[-1]]
        score += sum(rules.between[i, j] for i, j in pairwise(tags))
        well_formed = is_well_formed("".join("BMES"[i] for i in tags))
        assert score == (0.0 if well_formed else -torch.inf)


@pytest.mark.parametrize("spans", [[(1, 2)], [(0, 2), (3, 4)], [(0, 2), (1, 4)], [(0, 0)], [(0, 2), (2, 1)]])
def test_gaps_and_overlaps(spans):
    with pytest.raises(
        ValueError, match=r"spans_to_bmes: expected a span that begins at \d and is not empty"
    ):
        spans_to_bmes(spans)


@pytest.mark.errors
@pytest.mark.parametrize("tags", ["BXE", "bme", ["B", "ME"], [0, 1], ["B", ""]])
def test_other_letters(tags):
    for reader in (bmes_to_spans, is_well_formed):
        with pytest.raises(ValueError, match=f"{reader.__name__}: tags must be letters of BMES, got"):
            reader(tags)
