"""Whether somebody watches single operations, so that a shortcut has to step aside."""

import torch
from torch import Tensor
from torch.autograd import forward_ad

from seqgraph.core.autocast import autocast_dtype


def each_operation_counts(x: Tensor) -> bool:
    """Whether autocast, a compiler, ``torch.func`` or forward-mode derivatives need to see each operation."""
    return (
        autocast_dtype(x) is not None
        or torch.compiler.is_compiling()
        or torch._C._are_functorch_transforms_active()
        or forward_ad._current_level >= 0
    )
