"""How far the gates of a cell are open."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.state import State
from seqgraph.diagnostics.sequence import expect_sequence, first_state

TANH_GATES = ("g", "n", "h")
HIGH, LOW = 0.9, 0.1


class GateStatistics(NamedTuple):
    """One gate over all sequences, steps and units.

    For a gate with a tanh (the candidates) the two shares are those of its absolute value, and it is
    saturated where it is "open", above 0.9; a gate with a sigmoid is saturated at both ends.
    """

    mean: float
    """Its mean value."""
    share_open: float
    """The share of values above 0.9."""
    share_closed: float
    """The share of values below 0.1."""
    share_saturated: float
    """The share of values where the squashing function is flat, so that little gradient passes."""


@torch.no_grad()
def gate_statistics(
    cell: nn.Module, x: Float[Tensor, "B T I"], state: State | None = None
) -> dict[str, GateStatistics]:
    r"""How far each gate of a cell is open, and how often it is saturated, over a batch of sequences.

    A gate counts as open above 0.9 and as closed below 0.1. Gates are sigmoids in (0, 1), except the
    candidates g, n and the h of an SRN, which are tanh values in (-1, 1): of those the absolute value counts.
    A NaN in x makes the means NaN and counts as neither open nor closed.

    Args:
        cell: a cell with gates, not a wrapped one: pass the cell inside.
        x: the sequences ``[B, T, I]``, in the dtype of the weights; all steps count.
        state: the state before the first step; without it the cell's initial state.

    Raises:
        ShapeError: x or the state has the wrong shape, or there are no steps.
        TypeError: cell has no gates, or x has another dtype than the weights.

    Example:
        >>> from seqgraph.recurrent import LSTMCell, set_gate_bias
        >>> cell = LSTMCell(2, 8)
        >>> set_gate_bias(cell, "f", 5.0)
        >>> statistics = gate_statistics(cell, torch.zeros(4, 10, 2))
        >>> statistics["f"].share_open, statistics["i"].share_open
        (1.0, 0.0)
    """
    if not hasattr(cell, "gate_values"):
        raise TypeError(
            f"gate_statistics: cell must be a cell with gates, got {type(cell).__name__}."
        )
    expect_sequence("gate_statistics", cell, x, ("B", "T"))
    state = first_state(cell, x, state)
    seen: dict[str, list[Tensor]] = {gate: [] for gate in cell.gates}
    for projected in cell.project(x).unbind(1):
        values = cell.gate_values(projected, state)
        for gate in cell.gates:
            seen[gate].append(getattr(values, gate))
        _, state = cell.step(projected, state)
    return {
        gate: _summary(torch.stack(values), gate in TANH_GATES)
        for gate, values in seen.items()
    }


def _summary(values: Tensor, tanh: bool) -> GateStatistics:
    size = values.abs() if tanh else values
    high = (size > HIGH).double().mean().item()
    low = (size < LOW).double().mean().item()
    return GateStatistics(values.mean().item(), high, low, high if tanh else high + low)
