"""Argument checks, states, lengths: what every other part of the library stands on."""

from seqgraph.core.expect import ShapeError, expect
from seqgraph.core.state import flatten_state, map_state, state_tensors, unflatten_state

__all__ = ["ShapeError", "expect", "flatten_state", "map_state", "state_tensors", "unflatten_state"]
