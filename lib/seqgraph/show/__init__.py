"""What a chapter shows: one figure style, one slider line, checked statements, several seeds at a glance."""

from seqgraph.show.check import check, rounded
from seqgraph.show.curves import seed_curves
from seqgraph.show.diagram import diagram
from seqgraph.show.explore import explore
from seqgraph.show.figure import figure
from seqgraph.show.graph import graph
from seqgraph.show.seeds import seed_dots
from seqgraph.show.source import source
from seqgraph.show.style import CYCLE, PALETTE, use_style

__all__ = [
    "CYCLE",
    "PALETTE",
    "check",
    "diagram",
    "explore",
    "figure",
    "graph",
    "rounded",
    "seed_curves",
    "seed_dots",
    "source",
    "use_style",
]
