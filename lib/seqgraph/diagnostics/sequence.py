"""Checks that all measurements share."""

import torch
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_dtype
from seqgraph.core.state import State


def expect_sequence(
    who: str, cell: nn.Module, x: Tensor, axes: tuple[str, ...]
) -> None:
    """Raise unless ``cell`` is a recurrent cell and x a sequence, or a batch of them, that it can read."""
    if not all(
        hasattr(cell, name)
        for name in ("initial_state", "project", "step", "check_state")
    ):
        raise TypeError(
            f"{who}: cell must be a recurrent cell, got {type(cell).__name__}."
        )
    expect(who, "x", x, (*axes, cell.input_size), f"input_size={cell.input_size}")
    expect_dtype(who, "x", x, next(cell.parameters()).dtype)


def first_state(cell: nn.Module, x: Tensor, state: State | None) -> State:
    """The state before the first step of a batch x, checked if it was given."""
    if state is None:
        with torch.no_grad():
            return cell.initial_state(x)
    cell.check_state(state, x.shape[0])
    return state
