"""The read-out of the mean over time."""

import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from seqgraph.recurrent import Bidirectional, GRUCell, MeanOutput, Recurrent, SRNCell
from tests.checks.numbers import TIGHT, gap, random


@pytest.mark.parametrize("lengths", [None, [2, 5, 1]])
def test_means_over_each_sequence(lengths):
    model, x = MeanOutput(Recurrent(GRUCell(3, 4)), 2).double(), random(3, 5, 3)
    alone = [x[b : b + 1, : 5 if lengths is None else lengths[b]] for b in range(3)]
    expected = torch.cat([model.V(model.runner(one)[0].mean(1)) for one in alone])
    assert gap(model(x, lengths), expected) <= TIGHT


@pytest.mark.parametrize("both", [False, True])
def test_padded_equals_packed(both):
    rnn = nn.RNN(3, 4, batch_first=True, bidirectional=both).double()
    cells = [SRNCell.from_torch(rnn, reverse=reverse) for reverse in ([False, True] if both else [False])]
    model = MeanOutput(Bidirectional(*cells) if both else Recurrent(*cells), 2).double()
    x, lengths = random(3, 5, 3), [2, 5, 1]
    packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
    outputs = pad_packed_sequence(rnn(packed)[0], batch_first=True)[0]
    expected = model.V(torch.stack([outputs[b, :n].mean(0) for b, n in enumerate(lengths)]))
    assert gap(model(x, lengths), expected) <= TIGHT


def test_padding_never_matters():
    model, x = MeanOutput(Recurrent(GRUCell(3, 4)), 2).double(), random(2, 5, 3)
    expected = model(x, [5, 2])
    x[1, 2:] = float("nan")
    assert gap(model(x, [5, 2]), expected) <= TIGHT


def test_gradient():
    model, x = MeanOutput(Recurrent(SRNCell(2, 3)), 2).double(), random(2, 4, 2).requires_grad_()
    assert torch.autograd.gradcheck(lambda x: model(x, [4, 2]), x)
    model(x, [4, 2]).sum().backward()
    assert float(x.grad[1, 2:].abs().max()) <= TIGHT


def test_a_torch_runner():
    model, x = MeanOutput(nn.GRU(3, 4, batch_first=True), 2).double(), random(2, 5, 3)
    assert gap(model(x), model.V(model.runner(x)[0].mean(1))) <= TIGHT
