"""Graph networks: messages along edges, filters, attention, fixed points, one answer for a whole graph.

A graph is ``x [N, I]`` and ``edge_index [2, E]``: row 0 sends to row 1, and an undirected edge stands both
ways. Several graphs are one, whose parts no edge joins.
"""

from seqgraph.graphs.attention_layer import EdgeAttention
from seqgraph.graphs.cheb_conv import ChebConv
from seqgraph.graphs.dense_batch import DenseBatch, dense_batch
from seqgraph.graphs.diff_pool import DiffPooled, diff_pool
from seqgraph.graphs.fixed_point import FixedPoint, NotConverged, fixed_point
from seqgraph.graphs.fixed_point_gnn import FixedPointGNN
from seqgraph.graphs.gat_conv import GATConv
from seqgraph.graphs.gated_graph_conv import GatedGraphConv
from seqgraph.graphs.gatv2_conv import GATv2Conv
from seqgraph.graphs.gaussian_mixture_conv import GaussianMixtureConv
from seqgraph.graphs.gcn_conv import GCNConv
from seqgraph.graphs.gin_conv import GINConv
from seqgraph.graphs.graph_conv import GraphConv
from seqgraph.graphs.graph_fourier import GraphFourier, graph_fourier
from seqgraph.graphs.graph_network_block import GraphNetwork, GraphNetworkBlock
from seqgraph.graphs.laplacian import laplacian
from seqgraph.graphs.matrix_form import MatrixForm, matrix_form
from seqgraph.graphs.message_passing import MessagePassing
from seqgraph.graphs.pooling import max_pool, mean_pool, sum_pool
from seqgraph.graphs.relational_graph_conv import RelationalGraphConv
from seqgraph.graphs.sort_pool import SortPool
from seqgraph.graphs.spectral_filter import spectral_filter
from seqgraph.graphs.wl_colours import wl_colours

__all__ = [
    "ChebConv",
    "DenseBatch",
    "DiffPooled",
    "EdgeAttention",
    "FixedPoint",
    "FixedPointGNN",
    "GATConv",
    "GATv2Conv",
    "GCNConv",
    "GINConv",
    "GatedGraphConv",
    "GaussianMixtureConv",
    "GraphConv",
    "GraphFourier",
    "GraphNetwork",
    "GraphNetworkBlock",
    "MatrixForm",
    "MessagePassing",
    "NotConverged",
    "RelationalGraphConv",
    "SortPool",
    "dense_batch",
    "diff_pool",
    "fixed_point",
    "graph_fourier",
    "laplacian",
    "matrix_form",
    "max_pool",
    "mean_pool",
    "spectral_filter",
    "sum_pool",
    "wl_colours",
]
