"""What happens inside a recurrent network: Jacobians through time, their bounds, gradients, gates and memory.

Jacobians, gradients and gates are measured on a cell (or a wrapped cell), which stays as it is and needs no
training. ``finite_differences`` judges a gradient. ``saved_bytes`` and ``peak_bytes`` measure memory.
"""

from seqgraph.diagnostics.bounds import spectral_radius, vanishing_bound
from seqgraph.diagnostics.finite_differences import finite_differences
from seqgraph.diagnostics.gradient_flow import gradient_norms
from seqgraph.diagnostics.jacobian import jacobian_norms, state_jacobians
from seqgraph.diagnostics.peak_bytes import peak_bytes
from seqgraph.diagnostics.saturation import GateStatistics, gate_statistics
from seqgraph.diagnostics.saved_bytes import saved_bytes

__all__ = [
    "GateStatistics",
    "finite_differences",
    "gate_statistics",
    "gradient_norms",
    "jacobian_norms",
    "peak_bytes",
    "saved_bytes",
    "spectral_radius",
    "state_jacobians",
    "vanishing_bound",
]
