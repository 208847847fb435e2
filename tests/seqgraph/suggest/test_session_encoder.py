"""The session encoder: PyTorch's layers put together by hand, and padding that never matters."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.recurrent import Bidirectional, GRUCell
from seqgraph.suggest import SessionEncoder
from tests.checks.numbers import TIGHT, random

LENGTHS = torch.tensor([4, 2, 1])


def encoder():
    return SessionEncoder(3, 5).double()


def test_pooling_by_hand():
    model, x = encoder(), random(3, 4, 3)
    code = model(x, LENGTHS)
    for b, length in enumerate(LENGTHS.tolist()):
        states, _ = model.rnn(x[b : b + 1, :length])
        hidden = torch.tanh(states[0] @ model.pool.U.weight.T + model.pool.W.weight[:, 0])
        weights = (hidden @ model.pool.V.weight[0]).softmax(0)
        assert (code.weights[b, :length] - weights).abs().max() < TIGHT
        assert (code.states[b, :length] - states[0]).abs().max() < TIGHT
        assert (code.context[b] - (weights[:, None] * states[0]).sum(0)).abs().max() < TIGHT


def test_shapes_and_padding():
    model, x = encoder(), random(3, 4, 3)
    code = model(x, LENGTHS)
    assert code.context.shape == (3, 10)
    assert code.states.shape == (3, 4, 10)
    assert code.present.tolist() == [[True] * 4, [True] * 2 + [False] * 2, [True] + [False] * 3]
    assert (code.weights.sum(1) - 1).abs().max() < TIGHT
    assert code.weights[~code.present].abs().max() == 0
    x[1, 2:] = 1e6
    assert (model(x, LENGTHS).context - code.context).abs().max() < TIGHT


def test_the_parts_are_those_of_the_library():
    model = encoder()
    assert isinstance(model.rnn, Bidirectional)
    assert isinstance(model.rnn.ahead.cell, GRUCell)
    assert model.rnn.ahead.cell is not model.rnn.back.cell


def test_gradients():
    model = SessionEncoder(2, 2).double()
    x = random(2, 3, 2).requires_grad_()
    assert torch.autograd.gradcheck(lambda x: model(x, torch.tensor([3, 2])).context, x)


@pytest.mark.errors
def test_refusals():
    words = r"SessionEncoder: x must have shape \[B, T, 3\] \(input_size=3\), got \[3, 4, 2\]"
    with pytest.raises(ShapeError, match=words):
        encoder()(random(3, 4, 2), LENGTHS)
    for sizes, name in (((0, 5), "input_size"), ((3, 0), "hidden_size")):
        with pytest.raises(ValueError, match=f"SessionEncoder: {name} must be a whole number"):
            SessionEncoder(*sizes)
    for lengths, words in (
        (torch.tensor([4, 5, 1]), r"lengths must lie in 1..T=4, got 5"),
        (torch.tensor([4, 0, 1]), r"lengths must lie in 1..T=4, got 0"),
        (torch.tensor([4, 1]), r"lengths must have shape \[3\] \(one a sequence\), got \[2\]"),
    ):
        with pytest.raises(ValueError, match=f"SessionEncoder: {words}"):
            encoder()(random(3, 4, 3), lengths)
