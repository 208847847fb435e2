"""Stories: an independent reader gives the same answers, from the same facts."""

from collections import Counter

import pytest

from seqgraph.data import stories
from seqgraph.data.stories import PEOPLE, PLACES, THINGS
from tests.checks.numbers import generator

BOTH = pytest.mark.parametrize("num_facts", [1, 2])


def reader(sentences, question):
    """Follow the story sentence by sentence, as a child would: who stands where, who holds what."""
    at, holds = {}, {}
    for person, verb, *rest in sentences:
        if verb == "went":
            at[person] = rest[-1]
        else:
            holds[rest[-1]] = person
    asked = question[-1]
    return at.get(holds.get(asked, asked))


@BOTH
def test_an_independent_reader_gives_the_same_answers(num_facts):
    for story in stories(300, num_facts, generator()):
        assert reader(story.sentences, story.question) == story.answer


@BOTH
def test_the_facts_suffice_and_each_of_them_is_needed(num_facts):
    for story in stories(300, num_facts, generator(1)):
        facts = [story.sentences[i] for i in story.facts]
        assert len(facts) == num_facts
        assert reader(facts, story.question) == story.answer
        for left_out in range(num_facts):
            rest = facts[:left_out] + facts[left_out + 1 :]
            assert reader(rest, story.question) != story.answer


def test_the_facts_come_in_the_order_of_thought():
    for story in stories(200, 2, generator(2)):
        who_took, where = (story.sentences[i] for i in story.facts)
        assert who_took == (where[0], "took", "the", story.question[-1])
        assert where == (who_took[0], "went", "to", "the", story.answer)


def test_the_second_fact_stands_before_the_first_and_after_it():
    earlier = [story.facts[1] < story.facts[0] for story in stories(400, 2, generator(3))]
    assert 0.2 < sum(earlier) / 400 < 0.8


@BOTH
def test_an_earlier_move_often_leads_astray(num_facts):
    """Whoever takes any move of the right person, not the last, must be wrong in many stories."""
    misleading = 0
    for story in stories(400, num_facts, generator(4)):
        person = story.sentences[story.facts[-1]][0]
        places = [s[-1] for s in story.sentences if s[:2] == (person, "went")]
        misleading += len(set(places)) > 1
    assert misleading > 80


@BOTH
def test_sizes_words_and_a_rare_majority(num_facts):
    found = stories(600, num_facts, generator(5), most=8)
    lengths = Counter(len(story.sentences) for story in found)
    assert set(lengths) == set(range(2 * num_facts, 9))
    assert max(Counter(story.answer for story in found).values()) < 0.25 * 600
    assert {story.answer for story in found} == set(PLACES)
    assert {s[0] for story in found for s in story.sentences} == set(PEOPLE)
    assert {story.question[-1] for story in found} == set(PEOPLE if num_facts == 1 else THINGS)
    for story in found:
        taken = [s[-1] for s in story.sentences if s[1] == "took"]
        assert len(taken) == len(set(taken))


def test_the_seed_decides():
    assert stories(5, 2, generator(7)) == stories(5, 2, generator(7))
    assert stories(5, 2, generator(7)) != stories(5, 2, generator(8))


@pytest.mark.errors
@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"number": 0}, "number must be a whole number of at least 1, got 0"),
        ({"num_facts": 3}, r"num_facts must be a whole number in 1\.\.2, got 3"),
        ({"num_facts": 0}, r"num_facts must be a whole number in 1\.\.2, got 0"),
        ({"most": 3}, "most must be a whole number of at least 4, got 3"),
    ],
)
def test_sizes_out_of_range_are_refused(arguments, text):
    with pytest.raises(ValueError, match=f"stories: {text}"):
        stories(**{"number": 1, "num_facts": 1, "generator": generator()} | arguments)


@pytest.mark.errors
def test_a_generator_is_needed():
    with pytest.raises(TypeError, match=r"stories: generator must be a torch.Generator, got int"):
        stories(1, 1, 0)
