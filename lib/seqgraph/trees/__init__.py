"""Recursive networks: cells that read the states of their children, and what runs them over trees.

Cells: one equation a file. ``RecursiveCell`` (tanh), ``NaryLSTMCell`` (a matrix for each place among the
children) and ``ChildSumLSTMCell`` (the children summed). ``Recursive`` runs a cell from the leaves to the
roots of a ``Forest``, all nodes of one height at once. ``GreedyComposer`` chooses the tree itself;
``bracket_share`` compares what it chose with another tree.
"""

from seqgraph.trees.bracket_share import bracket_share, brackets
from seqgraph.trees.cell import Children, TreeCell
from seqgraph.trees.child_sum_lstm import ChildSumLSTMCell
from seqgraph.trees.greedy_composer import Composed, GreedyComposer
from seqgraph.trees.nary_lstm import NaryLSTMCell
from seqgraph.trees.recursive import RecursiveCell
from seqgraph.trees.runner import Recursive

__all__ = [
    "ChildSumLSTMCell",
    "Children",
    "Composed",
    "GreedyComposer",
    "NaryLSTMCell",
    "Recursive",
    "RecursiveCell",
    "TreeCell",
    "bracket_share",
    "brackets",
]
