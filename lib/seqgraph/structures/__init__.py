"""Batches of structured data: ordered rooted trees.

``Forest`` holds many trees as one, checks them when it is made, and knows in which order their nodes can be
computed.
"""

from seqgraph.structures.forest import Forest
from seqgraph.structures.levels import Level, Levels

__all__ = ["Forest", "Level", "Levels"]
