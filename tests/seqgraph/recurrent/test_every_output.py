"""The read-out of each output."""

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from seqgraph.recurrent import Bidirectional, EveryOutput, GRUCell, Recurrent, SRNCell
from tests.checks.numbers import TIGHT, gap, random


def test_reads_each_step():
    model, x = EveryOutput(Recurrent(GRUCell(3, 4)), 2).double(), random(3, 5, 3)
    outputs = model.runner(x)[0]
    expected = torch.stack([model.V(outputs[:, t]) for t in range(5)], dim=1)
    assert gap(model(x), expected) <= TIGHT


def test_padded_equals_packed_and_is_zero_past_the_end():
    rnn = nn.RNN(3, 4, batch_first=True, bidirectional=True).double()
    model = EveryOutput(
        Bidirectional(SRNCell.from_torch(rnn), SRNCell.from_torch(rnn, reverse=True)), 2
    ).double()
    x, lengths = random(3, 5, 3), [2, 5, 1]
    packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
    expected = model.V(pad_packed_sequence(rnn(packed)[0], batch_first=True)[0])
    x[0, 2:], x[2, 1:] = float("nan"), float("nan")
    answers = model(x, lengths)
    for b, n in enumerate(lengths):
        assert gap(answers[b, :n], expected[b, :n]) <= TIGHT
        assert n == 5 or not answers[b, n:].any()


def test_learns_to_repeat_the_symbol_before():
    source = torch.Generator().manual_seed(0)
    model = EveryOutput(Recurrent(SRNCell(3, 8)), 3)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
    for _ in range(150):
        symbols = torch.randint(3, (32, 6), generator=source)
        answers = model(nn.functional.one_hot(symbols, 3).float())[:, 1:]
        optimizer.zero_grad()
        nn.functional.cross_entropy(answers.flatten(0, 1), symbols[:, :-1].flatten()).backward()
        optimizer.step()
    assert (answers.argmax(-1) == symbols[:, :-1]).float().mean() > 0.9
