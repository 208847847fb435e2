"""Tasks and data sets: made-up tasks first, then small real sets."""

from seqgraph.data.adding import adding_problem
from seqgraph.data.digits import Digits, digits

__all__ = ["Digits", "adding_problem", "digits"]
