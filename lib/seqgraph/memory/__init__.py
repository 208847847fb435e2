"""Memory outside the weights: rows that a network reads and writes by attention.

An address is one weight a row. ``content_weights``, ``interpolate``, ``shift`` and ``sharpen`` make one, in
this order, and ``address`` is the four together; ``read`` and ``write`` use it. ``NTMCell`` is a machine made
of these. ``MemoryNetwork`` reads sentences by what they hold, several times; ``SupportedMemoryNetwork`` is
told which ones to read.
"""

from seqgraph.memory.address import HeadValues, address
from seqgraph.memory.content_weights import content_weights
from seqgraph.memory.interpolate import interpolate
from seqgraph.memory.margin_loss import margin_loss
from seqgraph.memory.memory_network import MemoryAnswer, MemoryNetwork
from seqgraph.memory.ntm import NTMCell, NTMState
from seqgraph.memory.read import read
from seqgraph.memory.sharpen import sharpen
from seqgraph.memory.shift import shift
from seqgraph.memory.supported_memory_network import (
    SupportedAnswer,
    SupportedMemoryNetwork,
)
from seqgraph.memory.write import write

__all__ = [
    "HeadValues",
    "MemoryAnswer",
    "MemoryNetwork",
    "NTMCell",
    "NTMState",
    "SupportedAnswer",
    "SupportedMemoryNetwork",
    "address",
    "content_weights",
    "interpolate",
    "margin_loss",
    "read",
    "sharpen",
    "shift",
    "write",
]
