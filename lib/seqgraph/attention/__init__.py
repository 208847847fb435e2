"""Attention: a query asks, keys answer how well they match, and the values are mixed in that proportion."""

from seqgraph.attention.additive import AdditiveAttention
from seqgraph.attention.bilinear import BilinearAttention
from seqgraph.attention.masked_softmax import masked_softmax
from seqgraph.attention.scaled_dot_product import scaled_dot_product

__all__ = [
    "AdditiveAttention",
    "BilinearAttention",
    "masked_softmax",
    "scaled_dot_product",
]
