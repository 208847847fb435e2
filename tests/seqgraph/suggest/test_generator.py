"""The decoder: what is written equals what teacher forcing scores, step by step."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.recurrent.cell import HiddenState
from seqgraph.suggest import QueryGenerator, SessionEncoder, generator_loss
from tests.checks.numbers import TIGHT, random

V, D, H = 5, 3, 4


def parts():
    torch.manual_seed(2)
    code = SessionEncoder(D, H).double()(random(3, 4, D), torch.tensor([4, 2, 1]))
    return QueryGenerator(random(V, D, seed=1), 2 * H, H).double(), code


def by_hand(model, code, b, words):
    """Scores of one session with plain algebra; ``words`` are those that were read before each step."""
    states, scores = code.states[b][code.present[b]], []
    s = torch.tanh(model.start.weight @ code.context[b])
    for j in range(len(words)):
        before = torch.zeros(D).double() if j == 0 else model.vectors[words[j - 1]]
        u = torch.tanh(model.attention.W.weight @ s + states @ model.attention.U.weight.T)
        weights = (u @ model.attention.V.weight[0]).softmax(0)
        x = torch.cat([before, weights @ states])[None]
        s = model.cell(x, HiddenState(s[None]))[0][0]
        scores.append(model.read_out.weight @ s + model.read_out.bias)
    return torch.stack(scores)


def test_scores_by_hand():
    model, code = parts()
    words = torch.tensor([[1, 4, 5], [0, 5, -100], [2, 3, 5]])
    scores = model(code, words)
    assert scores.shape == (3, 3, V + 1)
    for b in range(3):
        assert (scores[b] - by_hand(model, code, b, words[b].clamp(min=0).tolist())).abs().max() < TIGHT


def test_a_word_never_changes_the_scores_before_it():
    model, code = parts()
    words = torch.tensor([[1, 4, 5], [0, 1, 2], [2, 3, 5]])
    changed = words.clone()
    changed[:, 1:] = 0
    assert (model(code, words)[:, :2] - model(code, changed)[:, :2]).abs().max() < TIGHT


def test_written_words_are_the_best_at_each_step():
    model, code = parts()
    with torch.no_grad():
        model.read_out.bias[V] = -50.0  # never ends by itself
        written = model.write(code, 6)
        assert [len(row) for row in written] == [6, 6, 6]
        again = model(code, torch.tensor(written)).argmax(-1)
    assert again.tolist() == written


def test_writing_stops_at_the_end():
    model, code = parts()
    with torch.no_grad():
        model.read_out.bias[V] = 50.0
        assert model.write(code, 6) == [[], [], []]


def test_loss_skips_the_padding():
    scores, words = random(2, 3, V + 1), torch.tensor([[1, 5, -100], [0, 2, 5]])
    log = scores.log_softmax(-1)
    slow = -(log[0, 0, 1] + log[0, 1, 5] + log[1, 0, 0] + log[1, 1, 2] + log[1, 2, 5]) / 5
    assert abs((generator_loss(scores, words) - slow).item()) < TIGHT


def test_it_learns_to_write_two_queries():
    torch.manual_seed(0)
    encoder, model = SessionEncoder(D, 8), QueryGenerator(torch.eye(V), 16, 8)
    x, words = torch.eye(2, D)[:, None], torch.tensor([[1, 4, 5], [3, 5, -100]])
    adam = torch.optim.Adam([*encoder.parameters(), *model.parameters()], lr=0.05)
    for _ in range(60):
        adam.zero_grad()
        generator_loss(model(encoder(x, torch.tensor([1, 1])), words), words).backward()
        adam.step()
    assert model.write(encoder(x, torch.tensor([1, 1])), 4) == [[1, 4], [3]]


@pytest.mark.errors
def test_refusals():
    model, code = parts()
    with pytest.raises(
        ShapeError, match=r"QueryGenerator: words must have shape \[3, J\] \(B as the sessions\)"
    ):
        model(code, torch.zeros(2, 3).long())
    with pytest.raises(ShapeError, match=r"QueryGenerator: vectors must have shape \[V, D\], got \[3\]"):
        QueryGenerator(torch.zeros(3), 8, 4)
    with pytest.raises(ValueError, match="QueryGenerator: most must be a whole number of at least 1, got 0"):
        model.write(code, 0)
    with pytest.raises(ShapeError, match=r"generator_loss: words must have shape \[1, 2\]"):
        generator_loss(torch.zeros(1, 2, 4), torch.zeros(1, 3).long())
    for sizes, name in (((0, 4), "context_size"), ((8, 0), "hidden_size")):
        with pytest.raises(ValueError, match=f"QueryGenerator: {name} must be a whole number"):
            QueryGenerator(torch.zeros(V, D), *sizes)
