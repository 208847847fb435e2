"""Tasks and data sets.

Made-up tasks that draw a new batch at each call: ``adding_problem``, ``first_symbol``, ``look_ahead``,
``lag_detection``, ``driven_room``, ``key_word``, ``temporal_xor``, ``limit_cycle``. Texts:
``who_won``, ``chinese_sentences``, ``company_sentences``, ``chinese_numerals``, ``dates``,
``query_sessions``, ``stories``, ``expressions``. Graphs: ``subgraph_search``, ``clique_members``,
``molecules``, ``planted_partition``, ``multisets``, ``dictionary_lookup``, ``graph_copies``,
``cycles_and_trees``.

Real sets that come with installed packages: ``digits``, ``sunspots``, ``python_topics``, ``karate_club``,
``graph_atlas``; one that comes with this library: ``python_functions``. ``fetch`` gets the files of larger
ones: ``beijing_air``, ``tatoeba``, ``conversations``, ``subgraph_matching``, ``babi``, ``sst``,
``mutag``, ``planetoid``. To work offline, put these files into a folder, under the names of ``registry()``,
and set the environment variable ``SEQGRAPH_DATA`` to that folder.
"""

from seqgraph.data.adding import adding_problem
from seqgraph.data.babi import babi
from seqgraph.data.beijing_air import BeijingAir, beijing_air
from seqgraph.data.cast import Conversation, conversations
from seqgraph.data.chinese_grammar import (
    SegmentedSentences,
    chinese_grammar,
    chinese_sentences,
    gloss,
)
from seqgraph.data.chinese_numerals import chinese_numerals, to_chinese
from seqgraph.data.clique_members import clique_members
from seqgraph.data.company_sentences import (
    CompanySentences,
    TaggedSentence,
    company_sentences,
    word_shape,
)
from seqgraph.data.cycles_and_trees import cycles_and_trees
from seqgraph.data.dates import dates, written_date
from seqgraph.data.dictionary_lookup import dictionary_lookup
from seqgraph.data.digits import Digits, digits
from seqgraph.data.driven_room import driven_room
from seqgraph.data.expressions import Expression, expressions
from seqgraph.data.fetch import FetchError, fetch, registry
from seqgraph.data.first_symbol import first_symbol
from seqgraph.data.graph_atlas import graph_atlas
from seqgraph.data.graph_copies import graph_copies
from seqgraph.data.graphs import Graphs
from seqgraph.data.karate_club import karate_club
from seqgraph.data.key_word import key_word
from seqgraph.data.lag_detection import lag_detection
from seqgraph.data.limit_cycle import limit_cycle, oscillator
from seqgraph.data.look_ahead import look_ahead
from seqgraph.data.molecules import molecules
from seqgraph.data.multisets import multisets
from seqgraph.data.mutag import Mutag, mutag
from seqgraph.data.planetoid import Planetoid, planetoid
from seqgraph.data.planted_partition import planted_partition
from seqgraph.data.python_functions import (
    PythonFunction,
    PythonFunctions,
    python_functions,
)
from seqgraph.data.python_topics import python_topics
from seqgraph.data.query_sessions import QuerySession, query_candidates, query_sessions
from seqgraph.data.sst import LabelledTree, labelled_tree, sst
from seqgraph.data.stories import Story, stories
from seqgraph.data.story_batch import StoryBatch, story_batch, story_words
from seqgraph.data.subgraph_matching import subgraph_matching
from seqgraph.data.subgraph_search import subgraph_search
from seqgraph.data.sunspots import Sunspots, sunspots
from seqgraph.data.tatoeba import tatoeba
from seqgraph.data.temporal_xor import temporal_xor
from seqgraph.data.who_won import Contests, who_won

__all__ = [
    "BeijingAir",
    "CompanySentences",
    "Contests",
    "Conversation",
    "Digits",
    "Expression",
    "FetchError",
    "Graphs",
    "LabelledTree",
    "Mutag",
    "Planetoid",
    "PythonFunction",
    "PythonFunctions",
    "QuerySession",
    "SegmentedSentences",
    "Story",
    "StoryBatch",
    "Sunspots",
    "TaggedSentence",
    "adding_problem",
    "babi",
    "beijing_air",
    "chinese_grammar",
    "chinese_numerals",
    "chinese_sentences",
    "clique_members",
    "company_sentences",
    "conversations",
    "cycles_and_trees",
    "dates",
    "dictionary_lookup",
    "digits",
    "driven_room",
    "expressions",
    "fetch",
    "first_symbol",
    "gloss",
    "graph_atlas",
    "graph_copies",
    "karate_club",
    "key_word",
    "labelled_tree",
    "lag_detection",
    "limit_cycle",
    "look_ahead",
    "molecules",
    "multisets",
    "mutag",
    "oscillator",
    "planetoid",
    "planted_partition",
    "python_functions",
    "python_topics",
    "query_candidates",
    "query_sessions",
    "registry",
    "sst",
    "stories",
    "story_batch",
    "story_words",
    "subgraph_matching",
    "subgraph_search",
    "sunspots",
    "tatoeba",
    "temporal_xor",
    "to_chinese",
    "who_won",
    "word_shape",
    "written_date",
]
