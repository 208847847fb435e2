"""Shapes, states and initial values: what every other part of the library stands on."""

from seqgraph.core.initialise import set_gate_bias
from seqgraph.core.shapes import ShapeError, expect
from seqgraph.core.state import flatten_state, map_state, state_tensors, unflatten_state

__all__ = [
    "ShapeError",
    "expect",
    "flatten_state",
    "map_state",
    "set_gate_bias",
    "state_tensors",
    "unflatten_state",
]
