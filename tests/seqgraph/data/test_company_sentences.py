"""Sentences about companies: their tags, their forms, and a split without overlap."""

import sys

import pytest

from seqgraph.data import company_sentences, word_shape
from seqgraph.data.company_sentences import FAMILY, FIELDS, FIRMS, GIVEN, KINDS, TEMPLATES
from tests.checks.numbers import generator


def spans(sentence, field):
    return [token for token, tag in zip(sentence.tokens, sentence.tags, strict=True) if tag == field]


def test_every_sentence_has_each_field_once_and_rightly():
    train, test = company_sentences(150, 50, generator())
    assert (len(train), len(test)) == (150, 50)
    for sentence in train + test:
        assert len(sentence.tokens) == len(sentence.tags)
        assert set(sentence.tags) == set(FIELDS)
        firm, *kind = spans(sentence, "company")
        assert firm in FIRMS
        assert kind == [] or (len(kind) == 1 and kind[0] in KINDS)
        given, family = spans(sentence, "founder")
        assert given in GIVEN
        assert family in FAMILY
        (year,) = spans(sentence, "year")
        assert 2001 <= int(year) < 2025
        number, million, *_ = spans(sentence, "revenue")
        assert 10 <= float(number) < 1000
        assert million in ("million", "billion")
        for field in FIELDS[1:]:  # each field stands in one piece
            places = [t for t, tag in enumerate(sentence.tags) if tag == field]
            assert places == list(range(places[0], places[-1] + 1))


def test_the_other_year_is_the_one_before_and_is_not_asked_for():
    both = 0
    for sentence in company_sentences(150, 50, generator())[0]:
        (year,) = spans(sentence, "year")
        years = {token for token in sentence.tokens if word_shape(token) == "9999"}
        assert years <= {year, str(int(year) - 1)}
        both += len(years) == 2
    assert 20 < both < 130


def test_no_two_sentences_have_one_form_and_all_templates_come():
    train, test = company_sentences(600, 400, generator())
    forms = [tuple(map(word_shape, sentence.tokens)) for sentence in train + test]
    assert len(set(forms)) == 1000
    assert {sentence.tags[0] for sentence in train} == {"O", "company", "founder"}
    assert len(TEMPLATES) == 6


def test_the_same_seed_gives_the_same_sentences():
    assert company_sentences(5, 5, generator(1)) == company_sentences(5, 5, generator(1))
    assert company_sentences(5, 5, generator(1)) != company_sentences(5, 5, generator(2))


@pytest.mark.parametrize(
    ("token", "shape"), [("Lena", "Xx"), ("2015", "9999"), ("78.5", "99.9"), ("said", "said"), (",", ",")]
)
def test_shapes(token, shape):
    assert word_shape(token) == shape


def test_too_many(monkeypatch):
    module = sys.modules["seqgraph.data.company_sentences"]  # in the package the function hides it
    monkeypatch.setattr(module, "TEMPLATES", (["COMPANY", "YEAR"],))
    with pytest.raises(ValueError, match="company_sentences: 4 sentences of different form are too many"):
        company_sentences(3, 1, generator())


@pytest.mark.errors
def test_refusals():
    with pytest.raises(ValueError, match="company_sentences: num_train must be a whole number of at least 1"):
        company_sentences(0, 1, generator())
    with pytest.raises(ValueError, match="company_sentences: num_test must be a whole number of at least 1"):
        company_sentences(1, 0, generator())
    with pytest.raises(TypeError, match=r"company_sentences: generator must be a torch.Generator"):
        company_sentences(1, 1, None)
