"""Sequence to sequence: an encoder reads, a decoder writes, and a search chooses what is written.

After [bahdanau2015neural], but with attention after the recurrence and no layer before the scores. The fixed
context is of [cho2014learning], 2.2, where it enters the recurrence; beam search of [sutskever2014sequence].
"""

from seqgraph.seq2seq.alphabet import BEGIN, END, PAD, UNKNOWN, Alphabet
from seqgraph.seq2seq.beam import beam_search
from seqgraph.seq2seq.decoder import Decoder
from seqgraph.seq2seq.encoder import Encoder, Memory
from seqgraph.seq2seq.fixed_context import FixedContext
from seqgraph.seq2seq.masked_loss import masked_cross_entropy
from seqgraph.seq2seq.search import Found, greedy
from seqgraph.seq2seq.translator import Translator, Writing

__all__ = [
    "BEGIN",
    "END",
    "PAD",
    "UNKNOWN",
    "Alphabet",
    "Decoder",
    "Encoder",
    "FixedContext",
    "Found",
    "Memory",
    "Translator",
    "Writing",
    "beam_search",
    "greedy",
    "masked_cross_entropy",
]
