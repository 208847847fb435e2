"""Teacher forcing equals a walk step by step; the whole learns to turn words round."""

import pytest
import torch

from seqgraph.attention import AdditiveAttention, BilinearAttention
from seqgraph.seq2seq import (
    BEGIN,
    Alphabet,
    Decoder,
    Encoder,
    FixedContext,
    Translator,
    greedy,
    masked_cross_entropy,
)
from tests.checks.numbers import DEVICES, TIGHT, fill, gap, generator, same_bits

SOURCE = torch.tensor([[5, 7, 4, 2], [6, 2, 0, 0]])
TARGET = torch.tensor([[4, 5, 8, 2], [7, 2, 0, 0]])
ATTENTIONS = {
    "bilinear": lambda: BilinearAttention(6, 10),
    "additive": lambda: AdditiveAttention(6, 10, 7),
    "fixed": lambda: FixedContext(10),
}
EACH = pytest.mark.parametrize("name", list(ATTENTIONS))


def make(name):
    return fill(Translator(Encoder(8, 3, 5), Decoder(9, 4, 6, 10, ATTENTIONS[name]())).double())


@EACH
def test_teacher_forcing_is_the_walk_that_is_given_the_true_symbols(name):
    model = make(name)
    forced = model(SOURCE, TARGET).log_softmax(-1)
    token, state = torch.full((2,), BEGIN), model.start(SOURCE)
    for t in range(TARGET.shape[1]):
        logs, state = model.step(token, state)
        assert (logs - forced[:, t]).abs().max() <= TIGHT
        token = TARGET[:, t]


@EACH
def test_a_step_changes_the_state_and_leaves_the_memory(name):
    model = make(name)
    before = model.start(SOURCE)
    _, after = model.step(torch.tensor([4, 5]), before)
    assert same_bits(before.memory.keys, after.memory.keys)
    assert gap(before.d, after.d) > 1e-3


@EACH
def test_padding_of_the_source_and_the_target_does_not_matter(name):
    model = make(name)
    together = model(SOURCE, TARGET)
    alone = model(SOURCE[1:, :2], TARGET[1:, :2])
    assert (together[1, :2] - alone[0]).abs().max() <= TIGHT


@EACH
def test_the_greedy_score_is_the_teacher_forced_score_of_what_it_wrote(name):
    model = make(name)
    with torch.no_grad():
        found = greedy(model.step, model.start(SOURCE), max_length=5)
        logs = model(SOURCE, found.tokens).log_softmax(-1)
    picked = logs.gather(-1, found.tokens[..., None])[..., 0]
    expected = (picked * (found.tokens != 0)).sum(1)
    assert (found.scores - expected).abs().max() <= TIGHT


def test_align_is_where_the_decoder_looks():
    model = make("additive")
    memory = model.encoder(SOURCE)
    before = torch.tensor([[BEGIN, 4, 5, 8], [BEGIN, 7, 2, 0]])
    weights = model.decoder(before, model.decoder.first_state(memory), memory)[2]
    assert (model.align(SOURCE, TARGET) - weights).abs().max() <= TIGHT


@EACH
def test_the_loss_reaches_every_weight(name):
    model = make(name)
    masked_cross_entropy(model(SOURCE, TARGET), TARGET).backward()
    for key, weight in model.named_parameters():
        assert weight.grad.abs().max() > 0, key


def test_state_dict_round_trip():
    one, other = (
        make("additive"),
        Translator(Encoder(8, 3, 5), Decoder(9, 4, 6, 10, AdditiveAttention(6, 10, 7))),
    )
    other.double().load_state_dict(one.state_dict())
    assert same_bits(one(SOURCE, TARGET), other(SOURCE, TARGET))


@pytest.mark.slow
@pytest.mark.parametrize("device", DEVICES)
def test_it_learns_to_write_words_backward(device):
    draws = generator(3)
    words = ["".join("abcd"[k] for k in torch.randint(4, (n,), generator=draws).tolist())
             for n in torch.randint(1, 6, (400,), generator=draws).tolist()]  # fmt: skip
    held_out, known = sorted(set(words))[::4], sorted(set(words) - set(sorted(set(words))[::4]))
    letters = Alphabet(words)
    x, y = letters.encode(known).to(device), letters.encode(w[::-1] for w in known).to(device)
    torch.manual_seed(0)
    model = Translator(Encoder(8, 8, 16), Decoder(8, 8, 32, 32, BilinearAttention(32, 32))).to(device)
    adam = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(150):
        loss = masked_cross_entropy(model(x, y), y)
        adam.zero_grad()
        loss.backward()
        adam.step()
    with torch.no_grad():
        tokens = greedy(model.step, model.start(letters.encode(held_out).to(device)), 6).tokens.cpu()
    right = ["".join(o) == w[::-1] for o, w in zip(letters.decode(tokens), held_out, strict=True)]
    assert sum(right) / len(right) > 0.8
