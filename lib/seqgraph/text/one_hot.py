"""One-hot vectors: a word as a one among zeros."""

import torch
from jaxtyping import Float, Int
from torch import Tensor

from seqgraph.core.expect import expect_indices, expect_size


def one_hot(
    indices: Int[Tensor, " *shape"],
    vocabulary_size: int,
    dtype: torch.dtype | None = None,
) -> Float[Tensor, "*shape V"]:
    r"""Turn each index into a vector of V numbers (独热编码): a one at its place and zeros elsewhere.

    .. math:: (\mathbf 1_w)_j = 1 \text{ if } j = w \text{, else } 0

    Args:
        indices: whole numbers in 0..V-1, in any shape.
        vocabulary_size: V, at least 1.
        dtype: of the output; the default dtype if not given.

    Example:
        >>> one_hot(torch.tensor([1, 0]), 3).tolist()
        [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]
    """
    expect_size("one_hot", "vocabulary_size", vocabulary_size)
    expect_indices("one_hot", "indices", indices, vocabulary_size)
    dtype = torch.get_default_dtype() if dtype is None else dtype
    places = torch.arange(vocabulary_size, device=indices.device)
    return (indices[..., None] == places).to(dtype)
