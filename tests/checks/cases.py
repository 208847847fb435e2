"""Every cell, wrapped cell and runner that goes through the battery: ways to build one of any size."""

import torch

from seqgraph.recurrent import (
    Bidirectional,
    CoupledLSTMCell,
    GRUCell,
    GRUResetAfterCell,
    Leaky,
    LSTMCell,
    NoForgetLSTMCell,
    PeepholeLSTMCell,
    Recurrent,
    Skip,
    SRNCell,
    Stack,
    VariationalDropout,
)
from seqgraph.recurrent.naive_dropout import NaiveDropout
from seqgraph.recurrent.state_dropout import StateDropout

CELLS = {
    "SRN": SRNCell,
    "SRN without bias": lambda i, h: SRNCell(i, h, bias=False),
    "GRU": GRUCell,
    "GRU without bias": lambda i, h: GRUCell(i, h, bias=False),
    "GRUResetAfter": GRUResetAfterCell,
    "LSTM": LSTMCell,
    "LSTM without bias": lambda i, h: LSTMCell(i, h, bias=False),
    "NoForgetLSTM": NoForgetLSTMCell,
    "PeepholeLSTM": PeepholeLSTMCell,
    "CoupledLSTM": CoupledLSTMCell,
    "Leaky(SRN)": lambda i, h: Leaky(SRNCell(i, h), 0.7),
    "Leaky(GRU), a mu each": lambda i, h: Leaky(GRUCell(i, h), torch.linspace(0, 0.9, h)),
    "Leaky(LSTM), learnable": lambda i, h: Leaky(LSTMCell(i, h), 0.4, learnable=True),
    "Skip(SRN)": lambda i, h: Skip(SRNCell(i, h), 3),
    "Skip(GRU)": lambda i, h: Skip(GRUCell(i, h), 2),
    "Skip(LSTM)": lambda i, h: Skip(LSTMCell(i, h), 4),
    "VariationalDropout(SRN)": lambda i, h: VariationalDropout(SRNCell(i, h), 0.3),
    "VariationalDropout(GRU)": lambda i, h: VariationalDropout(GRUCell(i, h), 0.5),
    "VariationalDropout(LSTM)": lambda i, h: VariationalDropout(LSTMCell(i, h), 0.4),
    "VariationalDropout(PeepholeLSTM)": lambda i, h: VariationalDropout(PeepholeLSTMCell(i, h), 0.4),
    "Leaky(Skip(VariationalDropout(LSTM)))": lambda i, h: Leaky(
        Skip(VariationalDropout(LSTMCell(i, h), 0.3), 2), 0.6
    ),
    "Skip(Leaky(GRU))": lambda i, h: Skip(Leaky(GRUCell(i, h), 0.2, learnable=True), 3),
    "VariationalDropout(Leaky(Skip(SRN)))": lambda i, h: VariationalDropout(
        Leaky(Skip(SRNCell(i, h), 2), 0.5), 0.3
    ),
    "VariationalDropout(VariationalDropout(CoupledLSTM))": lambda i, h: VariationalDropout(
        VariationalDropout(CoupledLSTMCell(i, h), 0.3), 0.3
    ),
    "StateDropout(LSTM)": lambda i, h: StateDropout(LSTMCell(i, h), 0.3),
    "Leaky(StateDropout(GRU))": lambda i, h: Leaky(StateDropout(GRUCell(i, h), 0.3), 0.4),
    "StateDropout(SRN), each step": lambda i, h: StateDropout(SRNCell(i, h), 0.3, each_step=True).eval(),
    "NaiveDropout(LSTM)": lambda i, h: NaiveDropout(LSTMCell(i, h), 0.3).eval(),
    "Skip(NaiveDropout(SRN))": lambda i, h: Skip(NaiveDropout(SRNCell(i, h), 0.3), 2).eval(),
    "Leaky(Leaky(GRUResetAfter))": lambda i, h: Leaky(Leaky(GRUResetAfterCell(i, h), 0.5), 0.3),
}
RUNNERS = {
    "Recurrent, reverse": lambda i, h: Recurrent(GRUCell(i, h), reverse=True),
    "Bidirectional": lambda i, h: Bidirectional(LSTMCell(i, h), SRNCell(i, h + 1)),
    "Stack of directions": lambda i, h: Stack(
        [
            Bidirectional(GRUCell(i, h), GRUCell(i, h)),
            Recurrent(LSTMCell(2 * h, h), reverse=True),
            SRNCell(h, 2),
        ]
    ),
}
CONTINUED_RUNNERS = {
    "Stack": lambda i, h: Stack([LSTMCell(i, h), Skip(GRUCell(h, 2), 2), Leaky(SRNCell(2, h), 0.5)]),
    "Stack of stacks": lambda i, h: Stack([Stack([SRNCell(i, h)]), Recurrent(PeepholeLSTMCell(h, h))]),
}
KINDS = [SRNCell, GRUCell, GRUResetAfterCell, LSTMCell, NoForgetLSTMCell, PeepholeLSTMCell, CoupledLSTMCell]
WRAPPERS = [Leaky, Skip, VariationalDropout, NaiveDropout, StateDropout]
