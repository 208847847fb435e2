"""The decoder: what a search writes is what teacher forcing scores, step by step."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.recurrent.cell import HiddenState
from seqgraph.seq2seq import BEGIN, END, PAD, beam_search, greedy, masked_cross_entropy
from seqgraph.suggest import QueryGenerator, SessionEncoder
from tests.checks.numbers import TIGHT, random, same_bits

V, D, H = 8, 3, 4
WORDS = torch.tensor([[5, 7, END], [4, END, PAD], [6, 5, END]])


def parts():
    torch.manual_seed(2)
    code = SessionEncoder(D, H).double()(random(3, 4, D), torch.tensor([4, 2, 1]))
    return QueryGenerator(random(V, D, seed=1), 2 * H, H).double(), code


def by_hand(model, code, b, words):
    """Log-probabilities of one session with plain algebra; ``words`` are those to be written."""
    states, logs = code.states[b][code.present[b]], []
    s = torch.tanh(model.W.weight @ code.context[b])
    for before in [BEGIN, *words[:-1]]:
        u = torch.tanh(model.attention.W.weight @ s + states @ model.attention.U.weight.T)
        weights = (u @ model.attention.V.weight[0]).softmax(0)
        x = torch.cat([model.vectors[before], weights @ states])[None]
        s = model.cell(x, HiddenState(s[None]))[0][0]
        a = model.V.weight @ s + model.V.bias
        logs.append(a - a.exp().sum().log())
    return torch.stack(logs)


def test_log_probabilities_by_hand():
    model, code = parts()
    logs = model(code, WORDS)
    assert logs.shape == (3, 3, V)
    for b in range(3):
        assert (logs[b] - by_hand(model, code, b, WORDS[b].tolist())).abs().max() < TIGHT


def test_a_word_never_changes_the_scores_before_it():
    model, code = parts()
    changed = WORDS.clone()
    changed[:, 1:] = 4
    assert (model(code, WORDS)[:, :2] - model(code, changed)[:, :2]).abs().max() < TIGHT


def test_padding_of_the_words_changes_no_loss():
    model, code = parts()
    longer = torch.cat([WORDS, torch.full((3, 2), PAD)], dim=1)
    short, long = (masked_cross_entropy(model(code, words), words) for words in (WORDS, longer))
    assert abs((short - long).item()) < TIGHT


def test_the_vectors_belong_to_the_model():
    given = random(V, D)
    model = QueryGenerator(given, 2 * H, H)
    given += 1
    assert (model.vectors - random(V, D)).abs().max() < TIGHT


def test_written_words_are_the_best_at_each_step():
    model, code = parts()
    with torch.no_grad():
        model.V.bias[[PAD, END]] = -50.0  # never ends by itself
        found = greedy(model.step, model.start(code), max_length=6)
        logs = model(code, found.tokens)
    assert same_bits(logs.argmax(-1), found.tokens)
    assert (logs.max(-1).values.sum(1) - found.scores).abs().max() < TIGHT


def test_writing_stops_at_the_end():
    model, code = parts()
    with torch.no_grad():
        model.V.bias[END] = 50.0
        assert greedy(model.step, model.start(code), 3).tokens.tolist() == [[END, PAD, PAD]] * 3


def test_a_beam_of_full_width_finds_the_best_of_all_queries():
    """All 8 + 7 * 8 queries of at most two signs, scored by teacher forcing."""
    model, code = parts()
    with torch.no_grad():
        found = beam_search(model.step, model.start(code), max_length=2, width=60)
        for b in range(3):
            one = type(code)(*(part[b : b + 1] for part in code))
            logs = torch.stack([model(one, torch.tensor([[w, PAD]]))[0] for w in range(V)])
            scores = logs[:, 0, :].diagonal()[:, None] + logs[:, 1]
            scores[END], scores[PAD], scores[:, PAD] = logs[END, 0, END], -torch.inf, -torch.inf
            assert abs((found.scores[b, 0] - scores.max()).item()) < TIGHT


def test_it_learns_to_write_two_queries():
    torch.manual_seed(0)
    encoder, model = SessionEncoder(D, 8), QueryGenerator(torch.eye(V), 16, 8)
    x, words = torch.eye(2, D)[:, None], torch.tensor([[5, 7, END], [6, END, PAD]])
    adam = torch.optim.Adam([*encoder.parameters(), *model.parameters()], lr=0.05)
    for _ in range(60):
        adam.zero_grad()
        masked_cross_entropy(model(encoder(x, torch.tensor([1, 1])), words), words).backward()
        adam.step()
    code = encoder(x, torch.tensor([1, 1]))
    assert same_bits(greedy(model.step, model.start(code), max_length=3).tokens, words)


@pytest.mark.errors
def test_refusals():
    model, code = parts()
    with pytest.raises(
        ShapeError, match=r"QueryGenerator: words must have shape \[3, J\] \(B as the sessions\)"
    ):
        model(code, torch.zeros(2, 3).long())
    with pytest.raises(ValueError, match=r"QueryGenerator: words must lie in 0..7, got -100..5"):
        model(code, torch.tensor([[5, -100]] * 3))
    with pytest.raises(ShapeError, match=r"QueryGenerator: vectors must have shape \[V, D\], got \[3\]"):
        QueryGenerator(torch.zeros(3), 8, 4)
    for sizes, name in (((0, 4), "context_size"), ((8, 0), "hidden_size")):
        with pytest.raises(ValueError, match=f"QueryGenerator: {name} must be a whole number"):
            QueryGenerator(torch.zeros(V, D), *sizes)
