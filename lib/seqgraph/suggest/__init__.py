"""Query suggestion: from the queries of a search session to the one that comes next.

``homomorphic`` adds word vectors up to a query's vector, ``reformulations`` are their differences. The word
vectors come from a graph of words, queries and sites: ``term_graph``, ``random_walks``, ``walk_vectors``.
``RIN`` reads a session and has three heads, which infer a change, rank candidates and write a query.
"""

from seqgraph.suggest.batch import SessionBatch, session_batch
from seqgraph.suggest.discriminator import QueryDiscriminator, discriminator_loss
from seqgraph.suggest.generator import QueryGenerator, generator_loss
from seqgraph.suggest.homomorphic import homomorphic, reformulations
from seqgraph.suggest.inferencer import ReformulationInferencer, reformulation_loss
from seqgraph.suggest.metrics import mean_reciprocal_rank, position_independent_error_rate
from seqgraph.suggest.query_flow import QueryFlow
from seqgraph.suggest.random_walks import random_walks
from seqgraph.suggest.rin import RIN, RINOutput, rin_loss
from seqgraph.suggest.session_encoder import SessionCode, SessionEncoder
from seqgraph.suggest.term_graph import TermGraph, term_graph
from seqgraph.suggest.walk_vectors import walk_counts, walk_vectors

__all__ = [
    "RIN",
    "QueryDiscriminator",
    "QueryFlow",
    "QueryGenerator",
    "RINOutput",
    "ReformulationInferencer",
    "SessionBatch",
    "SessionCode",
    "SessionEncoder",
    "TermGraph",
    "discriminator_loss",
    "generator_loss",
    "homomorphic",
    "mean_reciprocal_rank",
    "position_independent_error_rate",
    "random_walks",
    "reformulation_loss",
    "reformulations",
    "rin_loss",
    "session_batch",
    "term_graph",
    "walk_counts",
    "walk_vectors",
]
