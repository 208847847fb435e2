"""TREC CAsT: the parser on small files, and the real ones where they are."""

import json
import os

import pytest

from seqgraph.data import cast, conversations

TSV = (
    '1_1\tWhat is throat cancer?\r\n1_2\tIs throat cancer treatable?\r\n2_1\tWhat are a shark’s "teeth"?\r\n'
)
JSON = [
    {"number": 9, "turn": [{"manual_rewritten_utterance": "How old is Rome?", "raw_utterance": "How old?"}]},
    {"number": 3, "turn": [{"manual_rewritten_utterance": "Is NYC's 5th Avenue long?"}]},
]


@pytest.fixture
def small(monkeypatch, tmp_path):
    (tmp_path / "a.tsv").write_bytes(TSV.encode())
    (tmp_path / "b.json").write_text(json.dumps(JSON), encoding="utf-8")
    files = {cast.TRAIN: tmp_path / "a.tsv", cast.TEST: tmp_path / "b.json"}
    monkeypatch.setattr(cast, "fetch", files.__getitem__)


def test_turns_become_words(small):
    one, two = conversations("2019")
    assert one.number == 1
    assert one.queries == (("what", "is", "throat", "cancer"), ("is", "throat", "cancer", "treatable"))
    assert two == (2, (("what", "are", "a", "shark's", "teeth"),))


def test_the_rewritten_turns_are_read_and_sorted(small):
    assert conversations("2020") == [
        (3, (("is", "nyc's", "5th", "avenue", "long"),)),
        (9, (("how", "old", "is", "rome"),)),
    ]


@pytest.mark.errors
def test_an_unknown_part_is_refused():
    with pytest.raises(ValueError, match="conversations: part must be '2019' or '2020', got '2021'"):
        conversations("2021")


def real(name):
    folder = os.environ.get("SEQGRAPH_DATA")
    if not folder or not os.path.exists(os.path.join(folder, name)):
        pytest.skip(f"{name} is not in the folder that SEQGRAPH_DATA names")


def test_the_real_2019():
    real(cast.TRAIN)
    found = conversations("2019")
    assert [one.number for one in found] == list(range(31, 81))
    assert sum(len(one.queries) for one in found) == 479
    assert found[0].queries[1] == ("is", "throat", "cancer", "treatable")


def test_the_real_2020():
    real(cast.TEST)
    found = conversations("2020")
    assert [one.number for one in found] == list(range(81, 106))
    assert sum(len(one.queries) for one in found) == 216
    assert all(all(query) for one in found for query in one.queries)
