"""What happens inside a recurrent network: Jacobians through time, their bounds, gradients and gates.

All three measurements take a cell (or a wrapped cell), leave it unchanged and need no training.
"""

from seqgraph.diagnostics.bounds import spectral_radius, vanishing_bound
from seqgraph.diagnostics.gradient_flow import gradient_norms
from seqgraph.diagnostics.jacobian import jacobian_norms, state_jacobians
from seqgraph.diagnostics.saturation import GateStatistics, gate_statistics

__all__ = [
    "GateStatistics",
    "gate_statistics",
    "gradient_norms",
    "jacobian_norms",
    "spectral_radius",
    "state_jacobians",
    "vanishing_bound",
]
