"""Optimisers that divide by a history of squared gradients, and the clipping of gradients."""

from seqgraph.optim.adagrad import AdaGrad
from seqgraph.optim.clipping import clip_by_norm, clip_by_value
from seqgraph.optim.rmsprop import RMSProp

__all__ = ["AdaGrad", "RMSProp", "clip_by_norm", "clip_by_value"]
