"""Every cell, wrapped cell, runner and read-out of the battery: ways to build one of any size.

Cells are found by themselves: whatever `seqgraph.recurrent` exports. Wrappers and runners need arguments of
their own and are listed.
"""

import inspect
from types import ModuleType

import torch

import seqgraph.recurrent
from seqgraph.recurrent import (
    Bidirectional,
    Cell,
    CoupledLSTMCell,
    EveryOutput,
    GRUCell,
    GRUResetAfterCell,
    LastOutput,
    Leaky,
    LSTMCell,
    MeanOutput,
    NaiveDropout,
    PeepholeLSTMCell,
    Recurrent,
    Skip,
    SRNCell,
    Stack,
    StateDropout,
    VariationalDropout,
)
from seqgraph.recurrent.wrapper import CellWrapper


def public_cells(part: ModuleType) -> list[type[Cell]]:
    """The cells that a part of the library exports, without the protocol itself and without wrappers."""
    values = [getattr(part, name) for name in part.__all__]
    cells = [value for value in values if inspect.isclass(value) and issubclass(value, Cell)]
    return [kind for kind in cells if not inspect.isabstract(kind) and not issubclass(kind, CellWrapper)]


KINDS = public_cells(seqgraph.recurrent)
CELLS = {kind.__name__.removesuffix("Cell"): kind for kind in KINDS} | {
    "SRN without bias": lambda i, h: SRNCell(i, h, bias=False),
    "GRU without bias": lambda i, h: GRUCell(i, h, bias=False),
    "LSTM without bias": lambda i, h: LSTMCell(i, h, bias=False),
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
READ_OUTS = {
    "LastOutput": lambda i, h: LastOutput(Recurrent(PeepholeLSTMCell(i, h)), 2),
    "MeanOutput": lambda i, h: MeanOutput(Stack([LSTMCell(i, h), GRUCell(h, 2)]), 2),
    "EveryOutput": lambda i, h: EveryOutput(Bidirectional(LSTMCell(i, h), SRNCell(i, h)), 2),
}
WRAPPERS = [Leaky, Skip, VariationalDropout, NaiveDropout, StateDropout]
