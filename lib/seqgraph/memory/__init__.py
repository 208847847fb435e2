"""Memory outside the weights: rows that a network reads and writes by attention.

An address is one weight a row. ``content_weights``, ``interpolate``, ``shift`` and ``sharpen`` make one, in
this order, and ``address`` is the four together; ``read`` and ``write`` use it. ``NTMCell`` is a machine made
of these.
"""

from seqgraph.memory.address import HeadValues, address
from seqgraph.memory.content_weights import content_weights
from seqgraph.memory.interpolate import interpolate
from seqgraph.memory.ntm import NTMCell, NTMState
from seqgraph.memory.read import read
from seqgraph.memory.sharpen import sharpen
from seqgraph.memory.shift import shift
from seqgraph.memory.write import write

__all__ = [
    "HeadValues",
    "NTMCell",
    "NTMState",
    "address",
    "content_weights",
    "interpolate",
    "read",
    "sharpen",
    "shift",
    "write",
]
