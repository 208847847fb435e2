"""The end-to-end memory network: plain Python, limits, padding, order, gradients, errors, learning."""

import copy

import pytest
import torch
import torch.nn.functional as F

from seqgraph.core import ShapeError
from seqgraph.data import stories, story_batch, story_words
from seqgraph.memory import MemoryNetwork
from tests.checks.numbers import DEVICES, TIGHT, gap, generator, row, same_bits
from tests.seqgraph.memory.plain import MOST, SIZE, WORDS, end_to_end, make, some_stories

HOPS = pytest.mark.parametrize("hops", [1, 2, 3])
LINEAR = pytest.mark.parametrize("linear", [False, True], ids=["softmax", "linear"])


@HOPS
@LINEAR
def test_it_is_the_equation_written_with_loops(hops, linear):
    network, (sentences, question) = make(MemoryNetwork, hops), some_stories()
    logits, attention = network(sentences, question, linear=linear)
    for b in range(len(sentences)):
        wanted, looked = end_to_end(network, sentences[b], question[b], linear)
        assert gap(logits[b], torch.tensor(wanted, dtype=torch.float64)) <= TIGHT
        for k, p in enumerate(looked):
            there = attention[b, k, : len(p)]
            assert gap(there, torch.tensor(p, dtype=torch.float64)) <= TIGHT
            assert bool((attention[b, k, len(p) :] == 0).all())


@HOPS
def test_the_weights_of_a_hop_sum_to_one(hops):
    attention = make(MemoryNetwork, hops)(*some_stories()).attention
    assert attention.shape == (4, hops, 5)
    assert gap(attention.sum(-1), torch.ones(4, hops, dtype=torch.float64)) <= TIGHT


@HOPS
def test_the_hard_limit_is_a_look_up(hops):
    """With scores drawn far apart each hop adds one memory: that of the highest score."""
    network, (sentences, question) = make(MemoryNetwork, hops), some_stories()
    with torch.no_grad():
        network.E[:-1] *= 1000.0  # all tables that scores are made of, on the side of the keys and of u
        network.T[:-1] *= 1000.0
    logits, attention = network(sentences, question)
    assert gap(attention.max(-1).values, torch.ones(4, hops, dtype=torch.float64)) <= TIGHT
    for b in range(len(sentences)):
        u = network.E[0][question[b][question[b] > 0]].sum(0)
        later = (sentences[b] > 0).any(-1).sum() - 1
        for k in range(hops):
            place = int(attention[b, k].argmax())
            words = sentences[b, place][sentences[b, place] > 0]
            u = u + network.E[k + 1][words].sum(0) + network.T[k + 1][later - place]
        assert gap(logits[b], u @ network.E[-1].T) <= TIGHT * logits[b].abs().max().item()


def test_by_hand():
    """Two sentences, one word each; the question is the first word: scores 1 and 0, weights e : 1."""
    network = MemoryNetwork(3, 2, 1, 2).double()
    with torch.no_grad():
        network.E.zero_()
        network.T.zero_()
        network.E[0, 1], network.E[0, 2] = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
        network.E[1, 1], network.E[1, 2] = torch.tensor([[2.0, 0.0], [0.0, 2.0]])
    logits, attention = network(torch.tensor([[[1], [2]]]), torch.tensor([[1]]))
    p = 2.718281828459045 / 3.718281828459045
    assert gap(attention[0, 0], torch.tensor([p, 1 - p], dtype=torch.float64)) <= TIGHT
    # u = (1 + 2p, 2 - 2p), times the table that reads
    wanted = torch.tensor([0, 2 + 4 * p, 4 - 4 * p], dtype=torch.float64)
    assert gap(logits[0], wanted) <= TIGHT


@HOPS
@LINEAR
def test_more_padding_of_any_kind_changes_nothing(hops, linear):
    network, (sentences, question) = make(MemoryNetwork, hops), some_stories()
    logits, attention = network(sentences, question, linear=linear)
    longer = F.pad(sentences, (1, 2, 0, 3))
    other, seen = network(longer, F.pad(question, (2, 1)), linear=linear)
    assert gap(logits, other) <= TIGHT
    assert gap(attention, seen[..., : sentences.shape[1]]) <= TIGHT
    assert bool((seen[..., sentences.shape[1] :] == 0).all())


def test_a_row_of_zeros_in_the_middle_is_no_sentence():
    network, (sentences, question) = make(MemoryNetwork, 2), some_stories()
    gapped = torch.cat([sentences[:, :1], torch.zeros_like(sentences[:, :1]), sentences[:, 1:]], 1)
    logits, attention = network(gapped, question)
    assert gap(logits, network(sentences, question).logits) <= TIGHT
    assert bool((attention[:, :, 1] == 0).all())


def test_ages_of_padding_and_the_row_of_the_padding_word_are_never_read():
    network, (sentences, question) = make(MemoryNetwork, 2), some_stories()
    there = (sentences > 0).any(-1)
    ages = there.flip(1).cumsum(1).flip(1) - 1
    wanted = network(sentences, question)
    assert gap(wanted, network(sentences, question, ages)) <= TIGHT
    assert same_bits(
        network(sentences, question, ages), network(sentences, question, torch.where(there, ages, -999))
    )
    with torch.no_grad():
        network.E[:, 0] = 77.0
    assert gap(wanted.logits[:, 1:], network(sentences, question).logits[:, 1:]) <= TIGHT


@HOPS
def test_each_story_stands_alone(hops):
    network, (sentences, question) = make(MemoryNetwork, hops), some_stories()
    together = network(sentences, question)
    for b in range(len(sentences)):
        assert gap(row(together, b), network(sentences[b : b + 1], question[b : b + 1])) <= TIGHT


def shuffled(sentences, seed=0):
    order = torch.randperm(sentences.shape[1], generator=generator(seed))
    assert order.tolist() != list(range(len(order)))
    return order, sentences[:, order]


@HOPS
@LINEAR
def test_memories_that_change_places_with_their_ages_change_nothing(hops, linear):
    network, (sentences, question) = make(MemoryNetwork, hops), some_stories()
    ages = torch.randint(0, MOST, sentences.shape[:2], generator=generator(3))
    order, moved = shuffled(sentences)
    logits, attention = network(sentences, question, ages, linear)
    other, seen = network(moved, question, ages[:, order], linear)
    assert gap(logits, other) <= TIGHT
    assert gap(attention[..., order], seen) <= TIGHT


def test_order_matters_through_the_table_of_ages_alone():
    network, (sentences, question) = make(MemoryNetwork, 2), some_stories()
    _, moved = shuffled(sentences)
    assert gap(network(sentences, question).logits, network(moved, question).logits) > 0.1
    for row_of_T in (network.T.detach()[:, :1].clone(), torch.zeros(3, 1, SIZE)):
        with torch.no_grad():
            network.T.copy_(row_of_T.expand_as(network.T))  # all ages alike
        assert gap(network(sentences, question).logits, network(moved, question).logits) <= TIGHT


def test_the_order_of_the_words_does_not_matter():
    network, (sentences, question) = make(MemoryNetwork, 2), some_stories()
    wanted = network(sentences, question)
    assert gap(wanted, network(sentences.flip(-1), question.flip(-1))) <= TIGHT


@LINEAR
def test_gradients(linear):
    network, (sentences, question) = make(MemoryNetwork, 2), some_stories(B=2, M=3)
    for parameter in network.parameters():
        assert torch.autograd.gradcheck(
            lambda _: tuple(network(sentences, question, linear=linear)), parameter
        )


def test_the_first_table_gets_a_gradient_through_the_attention_alone():
    network, (sentences, question) = make(MemoryNetwork, 1), some_stories()
    unasked = next(w for w in set(sentences.flatten().tolist()) - set(question.flatten().tolist()) if w)
    network(sentences, question).logits.square().sum().backward()
    assert network.E.grad[0, unasked].abs().max() > 1e-6


def test_copies_and_what_it_is_made_of():
    network, (sentences, question) = make(MemoryNetwork, 2), some_stories()
    other = MemoryNetwork(WORDS, SIZE, 2, MOST).double()
    other.load_state_dict(network.state_dict())
    assert same_bits(network(sentences, question), other(sentences, question))
    assert same_bits(network(sentences, question), copy.deepcopy(network)(sentences, question))
    assert {name: tuple(p.shape) for name, p in network.named_parameters()} == {
        "E": (3, WORDS, SIZE),
        "T": (3, MOST, SIZE),
    }


def test_the_input_stays_as_it_was_and_int32_will_do():
    network, (sentences, question) = make(MemoryNetwork, 2), some_stories()
    before = sentences.clone(), question.clone()
    wanted = network(sentences, question)
    assert same_bits(before, (sentences, question))
    assert gap(wanted, network(sentences.int(), question.int())) <= TIGHT
    assert wanted.logits.dtype == torch.float64
    assert MemoryNetwork(WORDS, SIZE, 1, MOST)(sentences, question).logits.dtype == torch.float32


@pytest.mark.slow
@pytest.mark.parametrize("device", DEVICES)
def test_it_learns_to_find_the_last_move(device):
    """One supporting fact, 80 updates: far above the share of the most frequent answer, 1 in 6."""
    found = stories(700, 1, generator(), most=6)
    words = story_words(found)
    data = story_batch(found, words)
    train, test = data.take(torch.arange(500)), data.take(torch.arange(500, 700))
    torch.manual_seed(0)
    network, draw = MemoryNetwork(len(words) + 1, 20, 1, 10).to(device), generator(1)
    adam = torch.optim.Adam(network.parameters(), lr=0.03)
    for _ in range(80):
        batch = train.take(torch.randint(500, (64,), generator=draw))
        logits = network(batch.sentences.to(device), batch.question.to(device)).logits
        adam.zero_grad()
        F.cross_entropy(logits, batch.answer.to(device)).backward()
        adam.step()
    with torch.no_grad():
        guess = network(test.sentences.to(device), test.question.to(device)).logits.argmax(-1).cpu()
    assert (guess == test.answer).double().mean() > 0.8


@pytest.mark.errors
@pytest.mark.parametrize("name", ["num_words", "size", "hops", "max_memories"])
def test_sizes_are_whole_numbers_in_range(name):
    sizes = {"num_words": 3, "size": 2, "hops": 1, "max_memories": 4, name: 0}
    with pytest.raises(ValueError, match=f"MemoryNetwork: {name} must be a whole number of at least"):
        MemoryNetwork(**sizes)


S, Q = some_stories(B=2)


@pytest.mark.errors
@pytest.mark.parametrize(
    ("parts", "error", "text"),
    [
        ((S[0], Q), ShapeError, r"sentences must have shape \[B, M, L\]"),
        ((S[:, :0], Q), ShapeError, r"sentences must have shape \[B, M, L\].*No axis may be empty"),
        ((S, Q[:1]), ShapeError, r"question must have shape \[2, Q\] \(B as the sentences\)"),
        ((S.double(), Q), TypeError, "sentences must be int64 or int32, got torch.float64"),
        ((S + 7, Q), ValueError, r"sentences must lie in 0\.\.6"),
        ((S, Q - 9), ValueError, r"question must lie in 0\.\.6"),
        (
            (torch.cat([S[:1], 0 * S[:1]]), Q),
            ValueError,
            "a story must hold a word, got one of zeros in row 1",
        ),
        ((S, torch.cat([Q[:1], 0 * Q[:1]])), ValueError, "a question must hold a word, got .* in row 1"),
        ((S[:, [0] * 7], Q), ValueError, r"a story must have at most 6 sentences \(max_memories\), got 7"),
        ((S, Q, torch.zeros(2, 4, dtype=torch.int64)), ShapeError, r"ages must have shape \[2, 5\]"),
        ((S, Q, torch.full((2, 5), 6)), ValueError, r"ages must lie in 0\.\.5"),
        ((S, Q, torch.zeros(2, 5)), TypeError, "ages must be int64 or int32, got torch.float32"),
    ],
)
def test_bad_input_is_refused(parts, error, text):
    with pytest.raises(error, match=f"MemoryNetwork: {text}"):
        make(MemoryNetwork, 2)(*parts)
