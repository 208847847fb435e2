"""Batches of structured data: ordered rooted trees.

``Forest`` holds many trees as one, checks them when it is made, and knows in which order their nodes can be
computed. ``reroot`` gives a tree another root; ``balanced``,
``left_branching`` and ``random_tree`` are shapes that look at no data.
"""

from seqgraph.structures.forest import Forest
from seqgraph.structures.levels import Level, Levels
from seqgraph.structures.reroot import reroot
from seqgraph.structures.shapes import balanced, left_branching, random_tree

__all__ = [
    "Forest",
    "Level",
    "Levels",
    "balanced",
    "left_branching",
    "random_tree",
    "reroot",
]
