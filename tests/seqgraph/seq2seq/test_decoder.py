"""The decoder against a writing step by step with the library's own cell."""

import pytest
import torch

from seqgraph.attention import AdditiveAttention, BilinearAttention
from seqgraph.core import ShapeError
from seqgraph.recurrent import GRUResetAfterCell
from seqgraph.recurrent.cell import HiddenState
from seqgraph.seq2seq import Decoder, Encoder, FixedContext
from tests.checks.numbers import TIGHT, fill

SOURCE = torch.tensor([[5, 7, 4, 2], [6, 2, 0, 0]])
TOKENS = torch.tensor([[1, 4, 3], [1, 6, 6]])
H, K, V = 6, 10, 9
ATTENTIONS = {
    "bilinear": lambda: BilinearAttention(H, K),
    "additive": lambda: AdditiveAttention(H, K, 7),
    "fixed": lambda: FixedContext(K),
}
EACH = pytest.mark.parametrize("name", list(ATTENTIONS))


def make(name):
    encoder = fill(Encoder(8, 3, K // 2).double())
    return fill(Decoder(V, 4, H, K, ATTENTIONS[name]()).double(), seed=50), encoder(SOURCE)


@EACH
def test_it_is_the_equations_step_by_step(name):
    decoder, memory = make(name)
    scores, last, weights = decoder(TOKENS, decoder.first_state(memory), memory)
    cell = GRUResetAfterCell.from_torch(decoder.rnn)
    d = torch.tanh(memory.last @ decoder.W.weight.T + decoder.W.bias)
    for t in range(TOKENS.shape[1]):
        d, _ = cell(decoder.embedding.weight[TOKENS[:, t]], HiddenState(d))
        context, looks = decoder.attention(d[:, None], memory.keys, mask=memory.mask)
        joined = torch.cat([d, context[:, 0]], dim=-1)
        expected = joined @ decoder.V.weight.T + decoder.V.bias
        assert (scores[:, t] - expected).abs().max() <= TIGHT
        assert (weights[:, t] - looks[:, 0]).abs().max() <= TIGHT
    assert (last - d).abs().max() <= TIGHT


@EACH
def test_all_at_once_or_one_at_a_time(name):
    decoder, memory = make(name)
    d = decoder.first_state(memory)
    whole = decoder(TOKENS, d, memory)
    for t in range(TOKENS.shape[1]):
        scores, d, weights = decoder(TOKENS[:, t : t + 1], d, memory)
        assert (scores[:, 0] - whole[0][:, t]).abs().max() <= TIGHT
        assert (weights[:, 0] - whole[2][:, t]).abs().max() <= TIGHT
    assert (d - whole[1]).abs().max() <= TIGHT


@EACH
def test_what_comes_later_does_not_matter(name):
    decoder, memory = make(name)
    d = decoder.first_state(memory)
    changed = TOKENS.clone()
    changed[:, 2] = 8
    before, after = decoder(TOKENS, d, memory)[0], decoder(changed, d, memory)[0]
    assert (before[:, :2] - after[:, :2]).abs().max() <= TIGHT
    assert (before[:, 2] - after[:, 2]).abs().max() > 1e-6


@pytest.mark.parametrize("name", ["bilinear", "additive"])
def test_the_weights_are_shares_of_the_source(name):
    decoder, memory = make(name)
    weights = decoder(TOKENS, decoder.first_state(memory), memory)[2]
    assert (weights.sum(-1) - 1).abs().max() <= TIGHT
    assert bool((weights[1, :, 2:] == 0).all())


@pytest.mark.errors
def test_wrong_input_is_refused():
    decoder, memory = make("bilinear")
    d = decoder.first_state(memory)
    with pytest.raises(ShapeError, match=r"Decoder: tokens must have shape \[2, T\]"):
        decoder(TOKENS[:1], d, memory)
    with pytest.raises(
        ShapeError, match=r"Decoder: d must have shape \[2, 6\] \(hidden_size=6\), got \[2, 5\]"
    ):
        decoder(TOKENS, d[:, :5], memory)
    with pytest.raises(ValueError, match="Decoder: hidden_size must be a whole number of at least 1, got 0"):
        Decoder(V, 4, 0, K, FixedContext(K))
