"""Graph networks: messages along edges, states that are fixed points, one answer for a whole graph.

A graph is ``x [N, I]`` and ``edge_index [2, E]``: row 0 sends to row 1, and an undirected edge stands both
ways. Several graphs are one, whose parts no edge joins.
"""

from seqgraph.graphs.dense_batch import DenseBatch, dense_batch
from seqgraph.graphs.diff_pool import DiffPooled, diff_pool
from seqgraph.graphs.fixed_point import FixedPoint, NotConverged, fixed_point
from seqgraph.graphs.fixed_point_gnn import FixedPointGNN
from seqgraph.graphs.gated_graph_conv import GatedGraphConv
from seqgraph.graphs.matrix_form import MatrixForm, matrix_form
from seqgraph.graphs.message_passing import MessagePassing
from seqgraph.graphs.pooling import max_pool, mean_pool, sum_pool
from seqgraph.graphs.sort_pool import SortPool

__all__ = [
    "DenseBatch",
    "DiffPooled",
    "FixedPoint",
    "FixedPointGNN",
    "GatedGraphConv",
    "MatrixForm",
    "MessagePassing",
    "NotConverged",
    "SortPool",
    "dense_batch",
    "diff_pool",
    "fixed_point",
    "matrix_form",
    "max_pool",
    "mean_pool",
    "sum_pool",
]
