"""Query suggestion: from the queries of a search session to the one that comes next.

After [jiang2018rin], :class:`QueryFlow` after [boldi2008queryflow]. Words have the numbers of an Alphabet.
"""

from seqgraph.suggest.batch import SessionBatch, session_batch
from seqgraph.suggest.discriminator import QueryDiscriminator, discriminator_loss
from seqgraph.suggest.generator import GeneratorState, QueryGenerator
from seqgraph.suggest.homomorphic import (
    homomorphic,
    reformulations,
    with_reformulations,
)
from seqgraph.suggest.inferencer import ReformulationInferencer, reformulation_loss
from seqgraph.suggest.metrics import (
    mean_reciprocal_rank,
    position_independent_error_rate,
)
from seqgraph.suggest.query_flow import QueryFlow
from seqgraph.suggest.random_walks import random_walks
from seqgraph.suggest.rin import RIN, RINOutput
from seqgraph.suggest.session_encoder import SessionCode, SessionEncoder
from seqgraph.suggest.term_graph import TermGraph, term_graph
from seqgraph.suggest.walk_vectors import walk_counts, walk_vectors

__all__ = [
    "RIN",
    "GeneratorState",
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
    "homomorphic",
    "mean_reciprocal_rank",
    "position_independent_error_rate",
    "random_walks",
    "reformulation_loss",
    "reformulations",
    "session_batch",
    "term_graph",
    "walk_counts",
    "walk_vectors",
    "with_reformulations",
]
