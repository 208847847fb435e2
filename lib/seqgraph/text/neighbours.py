"""Who is near whom in a space of word vectors."""

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.expect import expect, expect_size


def cosine_similarity(vectors: Float[Tensor, "V D"]) -> Float[Tensor, "V V"]:
    r"""The cosine of the angle between each two rows, ``[V, V]`` (余弦相似度).

    .. math:: \cos(a, b) = \frac{a \cdot b}{\lVert a \rVert \lVert b \rVert}

    Args:
        vectors: one row a word, ``[V, D]``; a row of zeros has cosine 0 with all.

    Source:
        [salton1975vector]

    Example:
        >>> cosine_similarity(torch.tensor([[2.0, 0.0], [0.0, 3.0], [1.0, 0.0]])).tolist()
        [[1.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 1.0]]
    """
    expect("cosine_similarity", "vectors", vectors, ("V", "D"))
    lengths = vectors.norm(dim=1, keepdim=True)
    directions = vectors / torch.where(lengths > 0, lengths, 1)
    return directions @ directions.T


def nearest(
    vectors: Float[Tensor, "V D"], word: int, k: int = 5
) -> Int64[Tensor, " k"]:
    r"""The k other words whose vectors make the smallest angle with that of a word, the nearest first.

    Args:
        vectors: one row a word, ``[V, D]``.
        word: index of the word that is asked about.
        k: how many neighbours, from 1 to V - 1.

    Example:
        >>> nearest(torch.tensor([[1.0, 0.0], [0.0, 1.0], [3.0, 1.0]]), word=0, k=1)
        tensor([2])
    """
    expect("nearest", "vectors", vectors, ("V", "D"))
    expect_size("nearest", "word", word, least=0, most=len(vectors) - 1)
    expect_size("nearest", "k", k, most=len(vectors) - 1)
    cosines = torch.nn.functional.cosine_similarity(vectors, vectors[word][None], dim=1)
    cosines[word] = -torch.inf
    return cosines.topk(k).indices
