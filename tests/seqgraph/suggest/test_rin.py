"""The whole network: its heads read the parts they should, and nothing sees the answer."""

import pytest
import torch
from torch import nn

from seqgraph.core import ShapeError
from seqgraph.seq2seq import Alphabet, greedy, masked_cross_entropy
from seqgraph.suggest import (
    RIN,
    discriminator_loss,
    homomorphic,
    reformulation_loss,
    reformulations,
    session_batch,
    with_reformulations,
)
from tests.checks.numbers import TIGHT, random, same_bits

ALPHABET = Alphabet(["abcdef"])
V, D, H = len(ALPHABET), 4, 5
SESSIONS = [[("a", "b"), ("a", "c"), ("d", "c")], [("e",), ("e", "f")]]
CANDIDATES = [[("d", "f"), ("a",), ("b", "c")], [("f",), ("e", "a"), ("c",)]]


def parts(*reader):
    torch.manual_seed(1)
    batch = session_batch(SESSIONS, CANDIDATES, ALPHABET)
    batch = batch._replace(bags=batch.bags.double(), candidates=batch.candidates.double())
    return RIN(random(V, D), H, *reader).double(), batch


def write(model, batch, max_length=4):
    return greedy(model.step, model.start(batch.bags, batch.lengths), max_length).tokens


@pytest.mark.parametrize(
    ("reader", "read"),
    [
        ((nn.Identity(),), lambda v: v),
        ((reformulations,), reformulations),
        ((with_reformulations,), lambda v: torch.cat([v, reformulations(v)], -1)),
        ((), lambda v: torch.cat([v, reformulations(v)], -1)),
        ((lambda v: v.cumsum(1)[..., :1],), lambda v: v.cumsum(1)[..., :1]),
    ],
    ids=["queries", "changes", "both", "default", "my own"],
)
def test_the_heads_put_together(reader, read):
    model, batch = parts(*reader)
    output = model(*batch)
    v = homomorphic(batch.bags, model.vectors)
    code = model.encoder(read(v), batch.lengths)
    candidates = homomorphic(batch.candidates, model.vectors)
    assert (output.reformulation - model.inferencer(code.context)).abs().max() < TIGHT
    assert (output.scores - model.discriminator(candidates, code.context)).abs().max() < TIGHT
    assert (output.words - model.generator(code, batch.words)).abs().max() < TIGHT
    place = dict(zip("abcdef", model.vectors[4:], strict=True))
    expected = [place["f"] - place["c"], -place["e"]]
    assert (output.target - torch.stack(expected)).abs().max() < TIGHT


def test_a_reader_with_weights_learns():
    model, batch = parts(nn.Linear(D, 3, dtype=torch.float64))
    reformulation_loss(*model(*batch)[:2]).backward()
    assert model.encoder.input_size == 3
    assert model.reader.weight.grad.abs().max() > 0


def test_the_session_alone_is_read():
    """Other candidates and wanted words change neither the code nor what is inferred or written."""
    model, batch = parts()
    other = batch._replace(candidates=batch.candidates.flip(1), words=batch.words.clamp(max=5))
    assert (model(*batch).reformulation - model(*other).reformulation).abs().max() < TIGHT
    assert (model(*batch).scores.flip(1) - model(*other).scores).abs().max() < TIGHT
    assert (model(*batch).words[:, 0] - model(*other).words[:, 0]).abs().max() < TIGHT
    assert not same_bits(batch.words, other.words)


def test_padding_of_a_session_does_not_matter():
    model, batch = parts()
    alone = session_batch(SESSIONS[1:], CANDIDATES[1:], ALPHABET)
    alone = alone._replace(bags=alone.bags.double(), candidates=alone.candidates.double())
    assert alone.bags.shape[1] < batch.bags.shape[1]
    for name in ("reformulation", "target", "scores"):
        assert (getattr(model(*batch), name)[1] - getattr(model(*alone), name)[0]).abs().max() < TIGHT
    assert same_bits(write(model, batch)[1], write(model, alone)[0])


def test_the_vectors_stay_as_they_are():
    model, _ = parts()
    assert "vectors" not in dict(model.named_parameters())
    assert "vectors" in model.state_dict()
    given = random(V, D)
    model = RIN(given, H).double()
    given += 1
    assert (model.vectors - random(V, D)).abs().max() < TIGHT


@pytest.mark.parametrize(
    ("loss", "idle"),
    [
        (lambda output, words: reformulation_loss(*output[:2]), ("discriminator", "generator")),
        (lambda output, words: discriminator_loss(output.scores), ("inferencer", "generator")),
        (lambda output, words: masked_cross_entropy(output.words, words), ("inferencer", "discriminator")),
    ],
    ids=["L_R", "L_D", "L_G"],
)
def test_a_loss_teaches_its_own_head_and_the_encoder(loss, idle):
    model, batch = parts()
    loss(model(*batch), batch.words).backward()
    for name in ("inferencer", "discriminator", "generator"):
        learned = [weight.grad is not None for weight in getattr(model, name).parameters()]
        assert all(learned) if name not in idle else not any(learned)
    assert all(weight.grad is not None for weight in model.encoder.parameters())


def test_it_learns_two_sessions():
    torch.manual_seed(0)
    model, batch = RIN(torch.eye(V), 12), session_batch(SESSIONS, CANDIDATES, ALPHABET)
    adam = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(80):
        adam.zero_grad()
        output = model(*batch)
        loss = reformulation_loss(output.reformulation, output.target) + discriminator_loss(output.scores)
        (loss + masked_cross_entropy(output.words, batch.words)).backward()
        adam.step()
    output = model(*batch)
    assert output.scores.argmax(1).tolist() == [0, 0]
    assert ALPHABET.decode(write(model, batch)) == [["d", "f"], ["f"]]
    assert (output.reformulation - output.target).abs().max() < 0.2


@pytest.mark.errors
def test_refusals():
    with pytest.raises(ShapeError, match=r"RIN: reader\(v\) must have shape \[1, 1, I\] \(one row of num"):
        RIN(torch.eye(8), 4, lambda v: v.sum(-1))
    with pytest.raises(ShapeError, match=r"RIN: vectors must have shape \[V, D\], got \[8\]"):
        RIN(torch.ones(8))
    model, batch = parts()
    with pytest.raises(ValueError, match=r"SessionEncoder: lengths must lie in 1..T=3, got 4"):
        model(*batch._replace(lengths=torch.tensor([4, 1])))
