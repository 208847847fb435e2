"""The vocabulary numbers words as the lecture does, and keeps 0 for what it does not know."""

import pytest
import torch

from seqgraph.text import Vocabulary

DEEP = "deep learning is very deep".split()


def test_the_example_of_the_lecture():
    words = Vocabulary.of([DEEP])
    assert words.encode(DEEP).tolist() == [1, 2, 3, 4, 1]
    assert words.encode(DEEP).dtype == torch.int64
    assert words.words == ("<unk>", "deep", "learning", "is", "very")
    assert len(words) == 5


def test_decoding_gives_the_words_back_and_marks_the_unknown_ones():
    words = Vocabulary(["a", "b"])
    assert words.decode(words.encode(["b", "c", "a"])) == ["b", "<unk>", "a"]
    assert words.decode([2, 1]) == ["b", "a"]
    assert words.encode([]).shape == (0,)
    assert "a" in words
    assert "c" not in words


def test_the_most_frequent_words_are_kept_in_order_of_first_appearance():
    sentences = ["x a b".split(), "b a c b".split()]
    assert Vocabulary.of(sentences, max_words=2).words == ("<unk>", "a", "b")
    assert Vocabulary.of(sentences, max_words=3).words == ("<unk>", "x", "a", "b")  # x came before c
    assert Vocabulary.of(sentences, max_words=99).words == ("<unk>", "x", "a", "b", "c")


def test_characters_are_words_too():
    words = Vocabulary.of(["南京市"])
    assert words.encode(list("市长")).tolist() == [3, 0]


@pytest.mark.parametrize("words", [["a", "b", "a"], ["<unk>"]])
def test_no_word_comes_twice(words):
    with pytest.raises(
        ValueError, match="Vocabulary: words must differ from each other and from '<unk>', got"
    ):
        Vocabulary(words)


@pytest.mark.errors
@pytest.mark.parametrize("most", [0, -1, 2.0, True, "2"])
def test_most_is_a_whole_number(most):
    with pytest.raises(ValueError, match="Vocabulary: max_words must be a whole number of at least 1, got"):
        Vocabulary.of([DEEP], max_words=most)


def test_a_text_that_was_not_cut_into_words_is_refused():
    with pytest.raises(TypeError, match="tokens must be a list of words, got the text 'deep learning'"):
        Vocabulary.of([DEEP]).encode("deep learning")
