"""Memory from a window: autoregressive models, time-delay networks, and both with an input from outside."""

from seqgraph.timeseries.autoregressive import ARFit, ar_roots, ar_step, fit_ar
from seqgraph.timeseries.forecast import closed_loop, origins, persistence
from seqgraph.timeseries.least_squares import least_squares
from seqgraph.timeseries.narx import NARX, narx_features
from seqgraph.timeseries.tdnn import TDNN, DelayLayer

__all__ = [
    "NARX",
    "TDNN",
    "ARFit",
    "DelayLayer",
    "ar_roots",
    "ar_step",
    "closed_loop",
    "fit_ar",
    "least_squares",
    "narx_features",
    "origins",
    "persistence",
]
