"""Weston's memory network: plain Python, facts given and found, padding, order, gradients, learning."""

import copy

import pytest
import torch
import torch.nn.functional as F

from seqgraph.core import ShapeError
from seqgraph.data import stories, story_batch, story_words
from seqgraph.memory import SupportedMemoryNetwork, margin_loss
from tests.checks.numbers import TIGHT, gap, generator, row, same_bits
from tests.seqgraph.memory.plain import MOST, SIZE, WORDS, make, some_stories, supported

FACTS = pytest.mark.parametrize("num_facts", [1, 2, 3])
LEAST = torch.finfo(torch.float64).min


def given(sentences, num_facts):
    """Some facts: the first and the last sentence by turns."""
    last = (sentences > 0).any(-1).sum(-1) - 1
    return torch.stack([last * (k % 2) for k in range(num_facts)], 1)


@FACTS
@pytest.mark.parametrize("told", [False, True], ids=["found", "given"])
def test_it_is_the_equation_written_with_loops(num_facts, told):
    network, (sentences, question) = make(SupportedMemoryNetwork, num_facts), some_stories()
    facts = given(sentences, num_facts) if told else None
    answer = network(sentences, question, facts=facts)
    for b in range(len(sentences)):
        chain = facts[b].tolist() if told else None
        logits, scores, found = supported(network, sentences[b], question[b], chain)
        assert gap(answer.logits[b], torch.tensor(logits, dtype=torch.float64)) <= TIGHT
        assert answer.facts[b].tolist() == found
        M = len(scores[0])
        assert gap(answer.scores[b, :, :M], torch.tensor(scores, dtype=torch.float64)) <= TIGHT
        assert bool((answer.scores[b, :, M:] == LEAST).all())


@FACTS
def test_facts_that_it_would_have_found_change_nothing(num_facts):
    network, parts = make(SupportedMemoryNetwork, num_facts), some_stories()
    found = network(*parts)
    assert gap(found[:2], network(*parts, facts=found.facts)[:2]) <= TIGHT
    assert same_bits(found.facts, found.scores.argmax(-1))


@FACTS
def test_more_padding_of_any_kind_changes_nothing(num_facts):
    network, (sentences, question) = make(SupportedMemoryNetwork, num_facts), some_stories()
    first = network(sentences, question)
    other = network(F.pad(sentences, (1, 2, 0, 3)), F.pad(question, (2, 1)))
    assert gap(first.logits, other.logits) <= TIGHT
    assert same_bits(first.facts, other.facts)
    assert bool((other.scores[..., sentences.shape[1] :] == LEAST).all())


@FACTS
def test_each_story_stands_alone(num_facts):
    network, (sentences, question) = make(SupportedMemoryNetwork, num_facts), some_stories()
    together = network(sentences, question)
    for b in range(len(sentences)):
        alone = network(sentences[b : b + 1], question[b : b + 1])
        assert gap(row(together.logits, b), alone.logits) <= TIGHT
        assert same_bits(row(together.facts, b), alone.facts)


def test_memories_that_change_places_with_their_ages_change_nothing_but_the_places():
    network, (sentences, question) = make(SupportedMemoryNetwork, 2), some_stories()
    ages = torch.randint(0, MOST, sentences.shape[:2], generator=generator(3))
    order = torch.randperm(5, generator=generator())
    first, moved = network(sentences, question, ages), network(sentences[:, order], question, ages[:, order])
    assert gap(first.logits, moved.logits) <= TIGHT
    assert gap(first.scores[..., order].clamp_min(-1e9), moved.scores.clamp_min(-1e9)) <= TIGHT
    assert same_bits(order[moved.facts], first.facts)


def test_order_matters_through_the_table_of_ages_alone():
    network, (sentences, question) = make(SupportedMemoryNetwork, 1), some_stories()
    first, turned = network(sentences, question), network(sentences.flip(1), question)
    assert gap(first.scores.clamp_min(-1e9), turned.scores.flip(2).clamp_min(-1e9)) > 0.1
    with torch.no_grad():
        network.T.zero_()
    first, turned = network(sentences, question), network(sentences.flip(1), question)
    assert gap(first.scores.clamp_min(-1e9), turned.scores.flip(2).clamp_min(-1e9)) <= TIGHT


def test_gradients():
    network, (sentences, question) = make(SupportedMemoryNetwork, 2), some_stories(B=2, M=3)
    facts = given(sentences, 2)

    def outputs(_):
        answer = network(sentences, question, facts=facts)
        return answer.logits, answer.scores.clamp_min(-1e9)

    for parameter in network.parameters():
        assert torch.autograd.gradcheck(outputs, parameter)


def test_the_answer_alone_teaches_nothing_about_where_to_look():
    """The reason for the facts: no gradient passes an argmax."""
    network, (sentences, question) = make(SupportedMemoryNetwork, 2), some_stories()
    answer = network(sentences, question)
    F.cross_entropy(answer.logits, torch.tensor([1, 2, 3, 4])).backward()
    assert {name for name, p in network.named_parameters() if p.grad is None} == {"U_q", "U_m", "V", "T"}
    network.zero_grad()
    answer = network(sentences, question, facts=given(sentences, 2))
    sum(margin_loss(answer.scores[:, k], answer.facts[:, k]) for k in range(2)).backward()
    assert all(network.get_parameter(name).grad.abs().max() > 0 for name in ("U_q", "U_m", "V", "T"))


def test_copies_and_what_it_is_made_of():
    network, parts = make(SupportedMemoryNetwork, 2), some_stories()
    other = SupportedMemoryNetwork(WORDS, SIZE, 2, MOST).double()
    other.load_state_dict(network.state_dict())
    assert same_bits(network(*parts), other(*parts))
    assert same_bits(network(*parts), copy.deepcopy(network)(*parts))
    tables = dict.fromkeys(["U_q", "U_m", "V", "R_q", "R_m", "W"], (WORDS, SIZE)) | {"T": (MOST, SIZE)}
    assert {name: tuple(p.shape) for name, p in network.named_parameters()} == tables


@pytest.mark.slow
def test_with_the_facts_it_learns_from_few_stories():
    """200 stories with two supporting facts, 80 updates; the most frequent answer is right 1 time in 6."""
    found = stories(400, 2, generator())
    words = story_words(found)
    data = story_batch(found, words)
    train, test = data.take(torch.arange(200)), data.take(torch.arange(200, 400))
    torch.manual_seed(0)
    network, draw = SupportedMemoryNetwork(len(words) + 1, 20, 2, 10), generator(1)
    adam = torch.optim.Adam(network.parameters(), lr=0.02)
    for _ in range(80):
        batch = train.take(torch.randint(200, (64,), generator=draw))
        answer = network(batch.sentences, batch.question, facts=batch.facts)
        loss = margin_loss(answer.logits, batch.answer)
        loss = loss + sum(margin_loss(answer.scores[:, k], batch.facts[:, k]) for k in range(2))
        adam.zero_grad()
        loss.backward()
        adam.step()
    with torch.no_grad():
        answer = network(test.sentences, test.question)
    assert (answer.logits.argmax(-1) == test.answer).double().mean() > 0.7
    right = sum(map(list.__eq__, answer.facts.tolist(), test.facts.tolist()))
    assert right / len(test.answer) > 0.7


@pytest.mark.errors
@pytest.mark.parametrize("name", ["num_words", "size", "num_facts", "max_memories"])
def test_sizes_are_whole_numbers_in_range(name):
    sizes = {"num_words": 3, "size": 2, "num_facts": 1, "max_memories": 4, name: 0}
    with pytest.raises(
        ValueError, match=f"SupportedMemoryNetwork: {name} must be a whole number of at least"
    ):
        SupportedMemoryNetwork(**sizes)


S, Q = some_stories(B=2)
HALF = torch.cat([S[:1], S[1:] * (torch.arange(5) < 2)[:, None]])


@pytest.mark.errors
@pytest.mark.parametrize(
    ("parts", "facts", "error", "text"),
    [
        ((S[0], Q), None, ShapeError, r"sentences must have shape \[B, M, L\]"),
        ((S, Q * 0), None, ValueError, "a question must hold a word, got .* in row 0"),
        ((S * 0, Q), None, ValueError, "a story must hold a word, got .* in row 0"),
        ((S, Q), torch.zeros(2, 1, dtype=torch.int64), ShapeError, r"facts must have shape \[2, 2\]"),
        ((S, Q), torch.full((2, 2), 5), ValueError, r"facts must lie in 0\.\.4, got 5\.\.5"),
        ((S, Q), torch.zeros(2, 2), TypeError, "facts must be int64 or int32"),
        ((HALF, Q), torch.full((2, 2), 3), ValueError, "facts must name sentences, got an empty place"),
    ],
)
def test_bad_input_is_refused(parts, facts, error, text):
    with pytest.raises(error, match=f"SupportedMemoryNetwork: {text}"):
        make(SupportedMemoryNetwork, 2)(*parts, facts=facts)
