"""Initial values that decide whether a gated network can learn at all."""

import torch
from torch import nn

from seqgraph.core.expect import expect_number


def set_gate_bias(cell: nn.Module, gate: str, value: float) -> None:
    r"""Set the bias of one gate of a cell, in place, so that it starts open or shut.

    .. math:: c_T = \sigma(b)^T c_0

    is what a forget gate with bias b and no other input leaves of the memory cell after T steps; sigma is the
    logistic function. A second bias of the gate (that of ``U`` in ``GRUResetAfterCell``) is set to zero.

    Args:
        cell: a cell with gates, such as ``LSTMCell(...)``.
        gate: a letter of ``cell.gates``, such as ``"f"``.
        value: the new bias, in units of the gate's input (before the sigmoid).

    Raises:
        ValueError: the cell has no such gate, was built with ``bias=False``, or the value is not a number.

    Source:
        [gers2000forget], [jozefowicz2015empirical]

    Example:
        >>> from seqgraph.recurrent import LSTMCell
        >>> cell = LSTMCell(1, 2)
        >>> set_gate_bias(cell, "f", 3.0)
        >>> cell.W.bias[2:4].tolist()
        [3.0, 3.0]
    """
    who = f"set_gate_bias({type(cell).__name__})"
    gates = getattr(cell, "gates", ())
    if gate not in gates:
        raise ValueError(f"{who}: gate must be one of {list(gates)}, got {gate!r}.")
    if cell.W.bias is None:
        raise ValueError(
            f"{who}: the cell must have a bias, got a cell built with bias=False."
        )
    expect_number(who, "value", value)
    with torch.no_grad():
        _gate_rows(cell, cell.W.bias, gate).fill_(value)
        if cell.U.bias is not None:
            _gate_rows(cell, cell.U.bias, gate).zero_()


def _gate_rows(cell: nn.Module, bias: torch.Tensor, gate: str) -> torch.Tensor:
    return bias.view(len(cell.gates), cell.hidden_size)[cell.gates.index(gate)]
