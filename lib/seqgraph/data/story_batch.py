"""Stories as numbers."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import torch
from jaxtyping import Int64
from torch import Tensor

from seqgraph.data.stories import Story


class StoryBatch(NamedTuple):
    """Stories as numbers of words; 0 fills up short sentences, short questions and short stories."""

    sentences: Int64[Tensor, "B M L"]
    """In the order in which they were told; a row of zeros is no sentence."""
    question: Int64[Tensor, "B Q"]
    """The words of the question."""
    answer: Int64[Tensor, " B"]
    """The number of the right word."""
    facts: Int64[Tensor, "B K"]
    """Places of the supporting sentences, counted from 0."""

    def take(self, picks: Tensor) -> "StoryBatch":
        """Some of the stories, by their places."""
        return StoryBatch(*(part[picks] for part in self))


def story_words(stories: Iterable[Story]) -> list[str]:
    r"""All words of some stories, of their questions and answers, each once and sorted.

    Args:
        stories: such as those of :func:`stories`.

    Example:
        >>> story_words([Story((("ann", "left"),), ("who", "left"), "ann", (0,))])
        ['ann', 'left', 'who']
    """
    parts = [(*s.sentences, s.question, (s.answer,)) for s in stories]
    return sorted({word for part in parts for words in part for word in words})


def story_batch(stories: Sequence[Story], words: Sequence[str]) -> StoryBatch:
    r"""Number the words of stories, the first of ``words`` being 1, and fill up with 0.

    Args:
        stories: at least one; all with equally many supporting facts.
        words: the known words, each once; with the 0 that fills up there are V = len(words) + 1 numbers.

    Raises:
        ValueError: no stories, a story, a sentence or a question that is empty, a word that is not known or
            comes twice in ``words``, or stories that differ in how many facts they need.

    Example:
        >>> story = Story((("ann", "left"), ("bob", "came", "in")), ("who", "left"), "ann", (0,))
        >>> batch = story_batch([story], story_words([story]))
        >>> batch.sentences.tolist(), batch.question.tolist(), batch.answer.tolist()
        ([[[1, 5, 0], [2, 3, 4]]], [[6, 5]], [1])
    """
    numbers = {word: number for number, word in enumerate(words, start=1)}
    _refuse_bad(stories, words, numbers)
    sentences = [
        [[numbers[w] for w in s] for s in story.sentences] for story in stories
    ]
    longest = max(len(s) for story in sentences for s in story)
    most = max(map(len, sentences))
    rows = [
        [_filled(s, longest) for s in story] + [[0] * longest] * (most - len(story))
        for story in sentences
    ]
    asked = max(len(story.question) for story in stories)
    return StoryBatch(
        torch.tensor(rows),
        torch.tensor(
            [_filled([numbers[w] for w in s.question], asked) for s in stories]
        ),
        torch.tensor([numbers[story.answer] for story in stories]),
        torch.tensor([story.facts for story in stories], dtype=torch.int64),
    )


def _filled(numbers: list[int], length: int) -> list[int]:
    return numbers + [0] * (length - len(numbers))


def _refuse_bad(stories: Sequence[Story], words: Sequence[str], numbers: dict) -> None:
    if len(numbers) < len(words):
        raise ValueError("story_batch: words must hold each word once, got one twice.")
    if not stories:
        raise ValueError("story_batch: stories must hold at least one story, got none.")
    for place, story in enumerate(stories):
        if not story.sentences or not story.question or not all(story.sentences):
            raise ValueError(
                "story_batch: a story needs sentences and a question, none of them empty, "
                f"got {story} at place {place}."
            )
    if unknown := set(story_words(stories)) - set(numbers):
        raise ValueError(f"story_batch: words must hold {sorted(unknown)[0]!r}.")
    if len(counts := {len(story.facts) for story in stories}) > 1:
        raise ValueError(
            f"story_batch: all stories must need equally many facts, got {sorted(counts)}."
        )
