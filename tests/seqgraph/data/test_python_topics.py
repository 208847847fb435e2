"""The help topics: what holds in every version of Python, and nothing that changes with it."""

import re
import sys

import pytest

from seqgraph.data import python_topics


def test_there_is_enough_text_about_python():
    topics = python_topics()
    assert list(topics) == sorted(topics)
    assert 50 < len(topics) < 150
    assert 30_000 < sum(map(len, topics.values())) < 200_000
    assert {"while", "try", "numbers", "assignment"} <= set(topics)
    assert {"while", "else", "break", "loop"} <= set(topics["while"])


def test_words_are_lower_case_letters_and_underscores():
    for words in python_topics().values():
        assert all(re.fullmatch(r"[a-z][a-z_]*[a-z]", word) for word in words)


def test_words_are_cut_as_told(monkeypatch):
    text = 'The "__init__" method; x = isinstance(A1, a_b) -- See "while".'
    monkeypatch.setitem(
        sys.modules, "pydoc_data.topics", type("Module", (), {"topics": {"T": text, "A": "x"}})
    )
    topics = python_topics()
    assert topics == {"T": ["the", "init", "method", "isinstance", "a_b", "see", "while"], "A": []}
    assert list(topics) == ["A", "T"]


@pytest.mark.errors
def test_without_help_texts_the_error_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "pydoc_data.topics", None)
    with pytest.raises(ImportError, match="python_topics needs the module pydoc_data"):
        python_topics()
