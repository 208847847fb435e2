"""What recurrent networks compute, and how their gradients are computed by hand.

Gradients through time of a simple recurrent network, without autograd: ``srn_states`` goes forward, ``bptt``
goes back in one sweep, ``bptt_double_sum`` is the same as a sum over pairs of steps, ``truncated_bptt`` stops
early, and ``RTRL`` needs no way back.

A Turing machine inside a recurrent network: ``TuringMachine`` runs a machine directly, ``compile_machine``
turns it into fixed weights, ``TuringNetwork`` runs these, exactly or in rounded numbers, and ``follows``
compares the two. The tape is held in two stacks, each of them one number: ``push``, ``pop`` and ``top``.
"""

from seqgraph.computation.bptt import SRNGradients, bptt
from seqgraph.computation.bptt_double_sum import bptt_double_sum
from seqgraph.computation.error_terms import error_terms, state_gradients
from seqgraph.computation.rtrl import RTRL
from seqgraph.computation.srn_states import srn_states
from seqgraph.computation.stack import pop, push, sat, some, stack_of, symbols_of, top
from seqgraph.computation.truncated_bptt import kept_terms, truncated_bptt
from seqgraph.computation.turing_compiler import Weights, compile_machine
from seqgraph.computation.turing_machine import (
    HALT,
    UNARY_ADDITION,
    Configuration,
    Rule,
    TuringMachine,
    random_machine,
)
from seqgraph.computation.turing_network import TuringNetwork, follows

__all__ = [
    "HALT",
    "RTRL",
    "UNARY_ADDITION",
    "Configuration",
    "Rule",
    "SRNGradients",
    "TuringMachine",
    "TuringNetwork",
    "Weights",
    "bptt",
    "bptt_double_sum",
    "compile_machine",
    "error_terms",
    "follows",
    "kept_terms",
    "pop",
    "push",
    "random_machine",
    "sat",
    "some",
    "srn_states",
    "stack_of",
    "state_gradients",
    "symbols_of",
    "top",
    "truncated_bptt",
]
