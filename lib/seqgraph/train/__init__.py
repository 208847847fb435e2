"""Training: one loop for one CPU, one GPU and several processes."""

from seqgraph.train.predict import predict
from seqgraph.train.runtime import Runtime, launch
from seqgraph.train.seed import seeded
from seqgraph.train.steps import Step, steps

__all__ = ["Runtime", "Step", "launch", "predict", "seeded", "steps"]
