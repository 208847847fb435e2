"""The whole network: its heads read the parts they should, and nothing sees the answer."""

import pytest
import torch

from seqgraph.suggest import RIN, RINOutput, homomorphic, reformulations, rin_loss, session_batch
from seqgraph.suggest.discriminator import discriminator_loss
from seqgraph.suggest.generator import generator_loss
from seqgraph.suggest.inferencer import reformulation_loss
from tests.checks.numbers import TIGHT, random

V, D, H = 6, 4, 5
WORDS = "abcdef"
PLACE = {word: i for i, word in enumerate(WORDS)}
SESSIONS = [[("a", "b"), ("a", "c"), ("d", "c")], [("e",), ("e", "f")]]
CANDIDATES = [[("d", "f"), ("a",), ("b", "c")], [("f",), ("e", "a"), ("c",)]]


def parts(reads="qr"):
    torch.manual_seed(1)
    batch = session_batch(SESSIONS, CANDIDATES, PLACE)
    batch = batch._replace(bags=batch.bags.double(), candidates=batch.candidates.double())
    return RIN(random(V, D), H, reads).double(), batch


@pytest.mark.parametrize("reads", ["q", "r", "qr"])
def test_the_heads_put_together(reads):
    model, batch = parts(reads)
    output = model(*batch)
    v = homomorphic(batch.bags, model.vectors)
    x = {"q": v, "r": reformulations(v), "qr": torch.cat([v, reformulations(v)], -1)}[reads]
    code = model.encoder(x, batch.lengths)
    candidates = homomorphic(batch.candidates, model.vectors)
    assert (output.reformulation - model.inferencer(code.context)).abs().max() < TIGHT
    assert (output.scores - model.discriminator(candidates, code.context)).abs().max() < TIGHT
    assert (output.words - model.generator(code, batch.words)).abs().max() < TIGHT
    place = model.vectors
    expected = [place[3] + place[5] - place[3] - place[2], place[5] - place[4] - place[5]]
    assert (output.target - torch.stack(expected)).abs().max() < TIGHT


def test_the_session_alone_is_read():
    """Other candidates and wanted words change neither the code nor what is inferred or written."""
    model, batch = parts()
    other = batch._replace(candidates=batch.candidates.flip(1), words=batch.words.clamp(max=2))
    assert (model(*batch).reformulation - model(*other).reformulation).abs().max() < TIGHT
    assert (model(*batch).scores.flip(1) - model(*other).scores).abs().max() < TIGHT
    assert model.write(batch) == model.write(other)
    assert (model(*batch).words[:, 0] - model(*other).words[:, 0]).abs().max() < TIGHT


def test_the_vectors_stay_as_they_are():
    model, _ = parts()
    assert "vectors" not in dict(model.named_parameters())
    assert "vectors" in model.state_dict()
    given = random(V, D)
    model = RIN(given, H).double()
    given += 1
    assert (model.vectors - random(V, D)).abs().max() < TIGHT


def test_the_loss_is_the_sum_of_the_parts():
    model, batch = parts()
    output = model(*batch)
    one = {
        "R": reformulation_loss(output.reformulation, output.target),
        "D": discriminator_loss(output.scores),
        "G": generator_loss(output.words, batch.words),
    }
    for chosen in ("R", "D", "G", "RD", "DR", "RG", "DG", "RDG"):
        expected = sum(one[part] for part in chosen)
        assert abs((rin_loss(output, batch.words, chosen) - expected).item()) < TIGHT
    assert abs((rin_loss(output, batch.words) - sum(one.values())).item()) < TIGHT
    weighted = 0.25 * one["R"] + one["G"]
    assert abs((rin_loss(output, batch.words, "RG", 0.25) - weighted).item()) < TIGHT


@pytest.mark.parametrize(
    ("chosen", "idle"),
    [("R", ("discriminator", "generator")), ("D", ("inferencer", "generator")), ("G", ("inferencer",))],
)
def test_only_chosen_heads_learn(chosen, idle):
    model, batch = parts()
    rin_loss(model(*batch), batch.words, chosen).backward()
    for name in idle:
        assert all(weight.grad is None for weight in getattr(model, name).parameters())
    assert all(weight.grad is not None for weight in model.encoder.parameters())


def test_it_learns_two_sessions():
    torch.manual_seed(0)
    model, batch = RIN(torch.eye(V), 12), session_batch(SESSIONS, CANDIDATES, PLACE)
    adam = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(80):
        adam.zero_grad()
        rin_loss(model(*batch), batch.words).backward()
        adam.step()
    output = model(*batch)
    assert output.scores.argmax(1).tolist() == [0, 0]
    assert [[WORDS[i] for i in row] for row in model.write(batch)] == [["d", "f"], ["f"]]
    assert (output.reformulation - output.target).abs().max() < 0.2


@pytest.mark.errors
def test_refusals():
    with pytest.raises(ValueError, match=r"RIN: reads must be one of \('q', 'r', 'qr'\), got 'rq'"):
        RIN(torch.eye(3), 4, "rq")
    output = RINOutput(*(torch.zeros(1, 2),) * 3, torch.zeros(1, 1, 3))
    for wrong in ("", "X"):
        with pytest.raises(ValueError, match="rin_loss: parts must be letters of 'RDG', at least one, got "):
            rin_loss(output, torch.tensor([[1]]), wrong)
    with pytest.raises(ValueError, match="rin_loss: weight must be a finite number above 0, got 0"):
        rin_loss(output, torch.tensor([[1]]), "R", 0.0)
