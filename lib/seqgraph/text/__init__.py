"""Text as numbers: vocabularies, bags of words, one-hot vectors, embeddings and how to learn them."""

from seqgraph.text.bag_of_words import bag_of_words
from seqgraph.text.cooccurrence import cooccurrence
from seqgraph.text.embedding import Embedding, embedding_gradient_rows
from seqgraph.text.neighbours import cosine_similarity, nearest
from seqgraph.text.one_hot import one_hot
from seqgraph.text.pmi import context_share, pmi_vectors, pointwise_mutual_information
from seqgraph.text.segmentation import (
    TagRules,
    bmes_rules,
    bmes_to_spans,
    is_well_formed,
    spans_to_bmes,
    word_spans,
)
from seqgraph.text.skip_gram import SkipGram, noise_counts, skip_gram_loss
from seqgraph.text.span_f1 import SpanF1, span_f1
from seqgraph.text.viterbi import BestPath, viterbi
from seqgraph.text.vocabulary import Vocabulary

__all__ = [
    "BestPath",
    "Embedding",
    "SkipGram",
    "SpanF1",
    "TagRules",
    "Vocabulary",
    "bag_of_words",
    "bmes_rules",
    "bmes_to_spans",
    "context_share",
    "cooccurrence",
    "cosine_similarity",
    "embedding_gradient_rows",
    "is_well_formed",
    "nearest",
    "noise_counts",
    "one_hot",
    "pmi_vectors",
    "pointwise_mutual_information",
    "skip_gram_loss",
    "span_f1",
    "spans_to_bmes",
    "viterbi",
    "word_spans",
]
