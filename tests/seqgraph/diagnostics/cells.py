"""The cells that the measurements are tested with: every one, and wrappers around wrappers."""

import pytest

from seqgraph.recurrent import GRUCell, Leaky, LSTMCell, PeepholeLSTMCell, Skip, SRNCell, VariationalDropout
from tests.checks.cases import KINDS as GATED

I, H = 3, 4
CELLS = {kind.__name__: lambda kind=kind: kind(I, H) for kind in GATED} | {
    "Leaky(LSTM)": lambda: Leaky(LSTMCell(I, H), 0.6, learnable=True),
    "Skip(GRU)": lambda: Skip(GRUCell(I, H), 3),
    "VariationalDropout(PeepholeLSTM)": lambda: VariationalDropout(PeepholeLSTMCell(I, H), 0.4),
    "Leaky(Skip(VariationalDropout(LSTM)))": lambda: Leaky(
        Skip(VariationalDropout(LSTMCell(I, H), 0.3), 2), 0.6
    ),
    "VariationalDropout(Leaky(Skip(SRN)))": lambda: VariationalDropout(
        Leaky(Skip(SRNCell(I, H), 2), 0.5), 0.3
    ),
}
EVERY_CELL = pytest.mark.parametrize("name", CELLS)
