"""Memories outside the weights: cells that are found by what they hold."""

from seqgraph.memory.margin_loss import margin_loss
from seqgraph.memory.memory_network import MemoryAnswer, MemoryNetwork
from seqgraph.memory.supported_memory_network import (
    SupportedAnswer,
    SupportedMemoryNetwork,
)

__all__ = [
    "MemoryAnswer",
    "MemoryNetwork",
    "SupportedAnswer",
    "SupportedMemoryNetwork",
    "margin_loss",
]
