"""Graph networks: messages along edges, states that are fixed points.

A graph is ``x [N, I]`` and ``edge_index [2, E]``: row 0 sends to row 1, and an undirected edge stands both
ways. Several graphs are one, whose parts no edge joins.
"""

from seqgraph.graphs.fixed_point import FixedPoint, NotConverged, fixed_point
from seqgraph.graphs.fixed_point_gnn import FixedPointGNN
from seqgraph.graphs.gated_graph_conv import GatedGraphConv
from seqgraph.graphs.matrix_form import MatrixForm, matrix_form
from seqgraph.graphs.message_passing import MessagePassing

__all__ = [
    "FixedPoint",
    "FixedPointGNN",
    "GatedGraphConv",
    "MatrixForm",
    "MessagePassing",
    "NotConverged",
    "fixed_point",
    "matrix_form",
]
