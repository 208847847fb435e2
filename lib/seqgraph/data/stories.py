"""Stories of people, places and things, with questions about where somebody or something is."""

from typing import NamedTuple

import torch

from seqgraph.core.expect import expect_generator, expect_size

PEOPLE = "mary john sandra daniel".split()
PLACES = "garden kitchen office hallway bedroom bathroom".split()
THINGS = "milk apple football".split()
Sentence = tuple[str, ...]


class Story(NamedTuple):
    """A story, a question about it, the answer, and the sentences that one needs for the answer."""

    sentences: tuple[Sentence, ...]
    """In the order in which they were told, each a tuple of words."""
    question: Sentence
    """A tuple of words."""
    answer: str
    """One word."""
    facts: tuple[int, ...]
    """Places of the supporting sentences in ``sentences``, in the order in which one thinks of them."""


def stories(
    number: int, num_facts: int, generator: torch.Generator, most: int = 10
) -> list[Story]:
    r"""Draw stories (故事) that need one or two supporting facts, one independent of the other.

    With one fact, people move about, and the question is where one of them is: the fact is the *last* move of
    this person. With two, people also take things, each thing once, and the question is where a thing is: the
    first fact says who took it, the second where that person went last, before or after. There are 4 people,
    6 places and 3 things. The length is drawn from the shortest, 2 or 4 sentences, to ``most``.

    Args:
        number: how many stories, at least 1.
        num_facts: supporting facts of a question, 1 or 2.
        generator: on the CPU: the same seed gives the same stories on every machine.
        most: sentences of the longest story, at least 4.

    Example:
        >>> [story] = stories(1, 2, torch.Generator().manual_seed(3), most=5)
        >>> print(" | ".join(" ".join(sentence) for sentence in story.sentences))
        mary went to the hallway | mary took the milk | john went to the kitchen | sandra took the football
        >>> " ".join(story.question), story.answer, story.facts
        ('where is the milk', 'hallway', (1, 0))
    """
    expect_size("stories", "number", number)
    expect_size("stories", "num_facts", num_facts, most=2)
    expect_size("stories", "most", most, least=4)
    expect_generator("stories", generator)
    return [_story(num_facts, most, generator) for _ in range(number)]


def _story(num_facts: int, most: int, generator: torch.Generator) -> Story:
    def draw(below: int) -> int:
        return int(torch.randint(below, (1,), generator=generator))

    while True:  # until there is something to ask
        least = 2 * num_facts
        things = list(THINGS) if num_facts == 2 else []
        sentences = [
            _sentence(draw, things) for _ in range(least + draw(most + 1 - least))
        ]
        moved = {s[0]: i for i, s in enumerate(sentences) if s[1] == "went"}
        taken = {s[3]: i for i, s in enumerate(sentences) if s[1] == "took"}
        chains = {person: (move,) for person, move in moved.items()}
        if num_facts == 2:
            chains = {
                thing: (take, moved[sentences[take][0]])
                for thing, take in taken.items()
                if sentences[take][0] in moved
            }
        if chains:
            asked = sorted(chains)[draw(len(chains))]
            break
    facts = chains[asked]
    question = (
        ("where", "is", asked) if num_facts == 1 else ("where", "is", "the", asked)
    )
    return Story(tuple(sentences), question, sentences[facts[-1]][-1], facts)


def _sentence(draw, things: list[str]) -> Sentence:
    """A move, or with a chance of 1 in 3 the taking of a thing, which is then gone from the list."""
    person = PEOPLE[draw(len(PEOPLE))]
    if things and draw(3) == 0:
        return person, "took", "the", things.pop(draw(len(things)))
    return person, "went", "to", "the", PLACES[draw(len(PLACES))]
