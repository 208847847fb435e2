"""The bag of words: how often each word occurs, and nothing else."""

import torch
from jaxtyping import Float, Int
from torch import Tensor

from seqgraph.core.expect import ShapeError, expect_indices, expect_size


def bag_of_words(
    indices: Int[Tensor, "*batch T"],
    vocabulary_size: int,
    dtype: torch.dtype | None = None,
) -> Float[Tensor, "*batch V"]:
    r"""Count how often each word occurs in a text, and forget where it stood: ``[..., V]`` (词袋模型).

    .. math:: \operatorname{bag}(w_1, \ldots, w_T) = \sum_{t=1}^{T} \mathbf 1_{w_t}

    Args:
        indices: whole numbers in 0..V-1, ``[..., T]``.
        vocabulary_size: V, at least 1.
        dtype: of the counts; the default dtype if not given.

    Raises:
        ShapeError: indices is a single number.

    Source:
        [harris1954distributional], [salton1975vector]

    Example:
        >>> bag_of_words(torch.tensor([1, 2, 3, 4, 1]), 5)
        tensor([0., 2., 1., 1., 1.])
    """
    expect_size("bag_of_words", "vocabulary_size", vocabulary_size)
    expect_indices("bag_of_words", "indices", indices, vocabulary_size)
    if indices.dim() == 0:
        raise ShapeError("bag_of_words: indices must have shape [..., T], got [].")
    dtype = torch.get_default_dtype() if dtype is None else dtype
    counts = torch.zeros(
        *indices.shape[:-1], vocabulary_size, dtype=dtype, device=indices.device
    )
    return counts.scatter_add_(
        -1, indices.long(), torch.ones_like(indices, dtype=dtype)
    )
