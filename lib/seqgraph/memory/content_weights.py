"""Addressing by content: rows that resemble a key."""

from jaxtyping import Float
from torch import Tensor

from seqgraph.memory.inputs import expect_parts, expect_range

EPSILON = 1e-8


def content_weights(
    memory: Float[Tensor, "B M W"],
    key: Float[Tensor, "B W"],
    strength: Float[Tensor, " B"],
) -> Float[Tensor, "B M"]:
    r"""Weigh the rows of a memory by how much they resemble a key (content-based addressing, 基于内容的寻址).

    .. math::
        w_i = \frac{\exp(\beta \cos_i)}{\sum_j \exp(\beta \cos_j)}, \qquad
        \cos_i = \frac{k \cdot M_i}{\max(|k|, \epsilon) \max(|M_i|, \epsilon)}

    M_i is row i, k the key and beta its strength: 0 weighs all rows alike, a large one looks up the most
    similar row. A row or a key of zeros has cosine 0, and its gradient is finite; epsilon is 1e-8.

    Args:
        memory: M, ``[B, M, W]``: M rows of W numbers.
        key: k, ``[B, W]``.
        strength: beta, ``[B]``, at least 0.

    Source:
        [graves2014ntm], equations 5 and 6

    Example:
        >>> import torch
        >>> key, strength = torch.tensor([[0.0, 2.0]]), torch.tensor([50.0])
        >>> [round(w, 6) for w in content_weights(torch.eye(2)[None], key, strength)[0].tolist()]
        [0.0, 1.0]
    """
    expect_parts(
        "content_weights",
        "memory",
        memory,
        ("B", "M", "W"),
        key=(key, ("B", "W")),
        strength=(strength, ("B",)),
    )
    expect_range("content_weights", "strength", strength, least=0)
    lengths = key.norm(dim=-1, keepdim=True).clamp(min=EPSILON)
    lengths = lengths * memory.norm(dim=-1).clamp(min=EPSILON)
    cosine = (memory * key[:, None]).sum(-1) / lengths
    return (strength[:, None] * cosine).softmax(-1)
