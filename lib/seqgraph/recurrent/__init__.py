"""Recurrent cells, their wrappers, and the runners that apply them along a sequence.

Cells: one equation a file. ``SRNCell``; the GRU with the reset before (``GRUCell``) and after the product
(``GRUResetAfterCell``, PyTorch's); the LSTM and its variants. Wrappers take a cell and are one. Runners take
``[B, T, I]``. Read-outs take a runner: ``LastOutput``, ``MeanOutput``, ``EveryOutput``.
"""

from seqgraph.recurrent.bidirectional import Bidirectional, BidirectionalState
from seqgraph.recurrent.cell import Cell, HiddenState
from seqgraph.recurrent.every_output import EveryOutput
from seqgraph.recurrent.gate_bias import set_gate_bias
from seqgraph.recurrent.gru import GRUCell
from seqgraph.recurrent.gru_reset_after import GRUResetAfterCell
from seqgraph.recurrent.last_output import LastOutput
from seqgraph.recurrent.leaky import Leaky
from seqgraph.recurrent.lstm import LSTMCell, LSTMState
from seqgraph.recurrent.lstm_coupled import CoupledLSTMCell
from seqgraph.recurrent.lstm_no_forget import NoForgetLSTMCell
from seqgraph.recurrent.lstm_peephole import PeepholeLSTMCell
from seqgraph.recurrent.mean_output import MeanOutput
from seqgraph.recurrent.naive_dropout import NaiveDropout
from seqgraph.recurrent.runner import Recurrent
from seqgraph.recurrent.skip import Skip, SkipState
from seqgraph.recurrent.srn import SRNCell
from seqgraph.recurrent.stack import Stack
from seqgraph.recurrent.state_dropout import StateDropout, StateDropoutState
from seqgraph.recurrent.variational_dropout import DropoutState, VariationalDropout

__all__ = [
    "Bidirectional",
    "BidirectionalState",
    "Cell",
    "CoupledLSTMCell",
    "DropoutState",
    "EveryOutput",
    "GRUCell",
    "GRUResetAfterCell",
    "HiddenState",
    "LSTMCell",
    "LSTMState",
    "LastOutput",
    "Leaky",
    "MeanOutput",
    "NaiveDropout",
    "NoForgetLSTMCell",
    "PeepholeLSTMCell",
    "Recurrent",
    "SRNCell",
    "Skip",
    "SkipState",
    "Stack",
    "StateDropout",
    "StateDropoutState",
    "VariationalDropout",
    "set_gate_bias",
]
