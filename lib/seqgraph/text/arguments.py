"""Checks that the functions on indices share."""

import torch
from torch import Tensor

WHOLE = (torch.int64, torch.int32)


def expect_indices(who: str, indices: Tensor, vocabulary_size: int) -> Tensor:
    """Return indices or raise unless they are whole numbers in 0..V-1."""
    if not isinstance(indices, Tensor):
        raise TypeError(f"{who}: indices must be a torch.Tensor, got {type(indices).__name__}.")
    if indices.dtype not in WHOLE:
        raise TypeError(f"{who}: indices must be int64 or int32, got {indices.dtype}.")
    if indices.numel() and not 0 <= int(indices.min()) <= int(indices.max()) < vocabulary_size:
        came = f"{int(indices.min())}..{int(indices.max())}"
        raise ValueError(f"{who}: indices must lie in 0..{vocabulary_size - 1}, got {came}.")
    return indices
