"""Who is near whom in a space of word vectors."""

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.expect import expect


def cosine_similarity(vectors: Float[Tensor, "V D"]) -> Float[Tensor, "V V"]:
    r"""The cosine of the angle between each two rows (余弦相似度).

    .. math:: \cos(a, b) = \frac{a \cdot b}{\lVert a \rVert \lVert b \rVert}

    Where:
        1 is the same direction, 0 a right angle, -1 the opposite direction. A vector of zeros has cosine 0
        with all others and itself.

    Shape:
        vectors ``[V, D]``, output ``[V, V]``.

    Args:
        vectors: one row a word.

    Returns:
        The table of cosines.

    Raises:
        ShapeError: vectors has not two axes.

    Source:
        [salton1975vector]

    Example:
        >>> import torch
        >>> cosine_similarity(torch.tensor([[2.0, 0.0], [0.0, 3.0], [1.0, 0.0]]))
        tensor([[1., 0., 1.],
                [0., 1., 0.],
                [1., 0., 1.]])
    """
    expect("cosine_similarity", "vectors", vectors, ("V", "D"))
    lengths = vectors.norm(dim=1, keepdim=True)
    directions = vectors / torch.where(lengths > 0, lengths, 1)
    return directions @ directions.T


def nearest(vectors: Float[Tensor, "V D"], word: int, k: int = 5) -> Int64[Tensor, " k"]:
    r"""The k words whose vectors make the smallest angle with that of a word.

    Args:
        vectors: one row a word, ``[V, D]``.
        word: index of the word that is asked about.
        k: how many neighbours, from 1 to V - 1.

    Returns:
        Their indices, the nearest first. The word itself is left out.

    Raises:
        ValueError: word or k is out of range.
        ShapeError: vectors has not two axes.

    Example:
        >>> import torch
        >>> nearest(torch.tensor([[1.0, 0.0], [0.0, 1.0], [3.0, 1.0]]), word=0, k=1)
        tensor([2])
    """
    expect("nearest", "vectors", vectors, ("V", "D"))
    if not 0 <= word < len(vectors):
        raise ValueError(f"nearest: word must lie in 0..{len(vectors) - 1}, got {word}.")
    if not 1 <= k < len(vectors):
        raise ValueError(f"nearest: k must lie in 1..{len(vectors) - 1}, got {k}.")
    cosines = torch.nn.functional.cosine_similarity(vectors, vectors[word][None], dim=1)
    cosines[word] = -torch.inf
    return cosines.topk(k).indices
