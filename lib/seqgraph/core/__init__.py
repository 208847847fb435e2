"""Argument checks, states, lengths, segments: what every other part of the library stands on."""

from seqgraph.core.expect import ShapeError, expect
from seqgraph.core.segment import (
    segment_max,
    segment_mean,
    segment_softmax,
    segment_sum,
)
from seqgraph.core.state import flatten_state, map_state, state_tensors, unflatten_state

__all__ = [
    "ShapeError",
    "expect",
    "flatten_state",
    "map_state",
    "segment_max",
    "segment_mean",
    "segment_softmax",
    "segment_sum",
    "state_tensors",
    "unflatten_state",
]
