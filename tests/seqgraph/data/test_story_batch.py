"""Stories as numbers: back to words, filled up with 0, and clear words for what does not fit."""

import pytest
import torch

from seqgraph.data import Story, stories, story_batch, story_words
from tests.checks.numbers import generator, same_bits

SHORT = Story((("ann", "left"),), ("who", "left"), "ann", (0,))
LONG = Story((("bob", "came", "in"), ("ann", "left")), ("who", "came", "in", "first"), "bob", (0,))


def test_by_hand():
    words = story_words([SHORT, LONG])
    assert words == ["ann", "bob", "came", "first", "in", "left", "who"]
    batch = story_batch([SHORT, LONG], words)
    assert batch.sentences.tolist() == [[[1, 6, 0], [0, 0, 0]], [[2, 3, 5], [1, 6, 0]]]
    assert batch.question.tolist() == [[7, 6, 0, 0], [7, 3, 5, 4]]
    assert batch.answer.tolist() == [1, 2]
    assert batch.facts.tolist() == [[0], [0]]


@pytest.mark.parametrize("num_facts", [1, 2])
def test_back_to_words(num_facts):
    found = stories(50, num_facts, generator())
    words = story_words(found)
    batch = story_batch(found, words)
    assert all(part.dtype == torch.int64 for part in batch)

    def read(numbers):
        return tuple(words[n - 1] for n in numbers if n)

    for place, story in enumerate(found):
        rows = batch.sentences[place].tolist()
        assert tuple(filter(None, map(read, rows))) == story.sentences
        assert not any(sum(rows[i]) for i in range(len(story.sentences), len(rows)))
        assert read(batch.question[place].tolist()) == story.question
        assert words[batch.answer[place] - 1] == story.answer
        assert tuple(batch.facts[place].tolist()) == story.facts


def test_take():
    found = stories(5, 2, generator())
    batch = story_batch(found, story_words(found))
    some = batch.take(torch.tensor([3, 0]))
    assert same_bits(some.sentences[0], batch.sentences[3])
    assert same_bits(some.answer, batch.answer[[3, 0]])


@pytest.mark.errors
@pytest.mark.parametrize(
    ("found", "text"),
    [
        ([], "at least one story, got none"),
        ([SHORT._replace(sentences=())], "none of them empty, got Story.* at place 0"),
        ([LONG, LONG._replace(sentences=(("ann",), ()))], "none of them empty, got Story.* at place 1"),
        ([SHORT._replace(question=())], "none of them empty"),
        ([SHORT, LONG._replace(answer="zoe")], "words must hold 'zoe'"),
        ([SHORT, LONG._replace(facts=(0, 1))], r"equally many facts, got \[1, 2\]"),
    ],
)
def test_what_does_not_fit_is_refused(found, text):
    with pytest.raises(ValueError, match=f"story_batch: .*{text}"):
        story_batch(found, story_words([SHORT, LONG]))


@pytest.mark.errors
def test_a_word_twice_is_refused():
    with pytest.raises(ValueError, match="words must hold each word once"):
        story_batch([SHORT], ["ann", "left", "who", "ann"])
