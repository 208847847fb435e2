"""Pointwise mutual information, and word vectors from it by a singular value decomposition."""

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect, expect_number, expect_size


def context_share(counts: Float[Tensor, "V V"], power: float = 1.0) -> Float[Tensor, " V"]:
    r"""How often each word is met as a neighbour, as shares that sum to one.

    .. math:: P(w') = \frac{\#(w')^{a}}{\sum_v \#(v)^{a}}, \qquad \#(w') = \sum_w \#(w, w')

    Where:
        the exponent a is ``power``. Below 1 it lifts rare words a little.

    Args:
        counts: of ``cooccurrence``.
        power: a, in (0, 1].

    Returns:
        One share a word.

    Raises:
        ValueError: power is out of range.
        ShapeError: counts is not square.

    Source:
        [mikolov2013distributed]

    Example:
        >>> import torch
        >>> context_share(torch.tensor([[0.0, 3.0], [3.0, 2.0]]))
        tensor([0.3750, 0.6250])
    """
    expect("context_share", "counts", counts, (len(counts), len(counts)))
    expect_number("context_share", "power", power, above=0, most=1)
    share = counts.sum(0) ** power
    return share / share.sum()


def pointwise_mutual_information(counts: Float[Tensor, "V V"], power: float = 1.0) -> Float[Tensor, "V V"]:
    r"""Compare how often two words meet with how often they would meet by chance (PMI, 点互信息).

    .. math:: \operatorname{PMI}(w, w') = \log \frac{P(w, w')}{P(w)\, P(w')}

    Where:
        0 means as often as by chance. Words that never meet get minus infinity.

    Shape:
        counts and output ``[V, V]``.

    Args:
        counts: of ``cooccurrence``.
        power: of ``context_share``, in (0, 1].

    Returns:
        The table of PMI, natural logarithms.

    Raises:
        ValueError: power is out of range.
        ShapeError: counts is not square.

    Example:
        >>> import torch
        >>> pmi = pointwise_mutual_information(torch.tensor([[0.0, 2.0], [2.0, 0.0]]))
        >>> pmi.exp()  # twice as often as by chance, or never
        tensor([[0., 2.],
                [2., 0.]])
    """
    chance = counts.sum(1, keepdim=True) * context_share(counts, power)
    return torch.where(counts > 0, torch.log(counts / chance), -torch.inf)


def pmi_vectors(counts: Float[Tensor, "V V"], size: int, power: float = 1.0) -> Float[Tensor, "V D"]:
    r"""Word vectors without training: the largest singular directions of the positive PMI.

    .. math:: \max(\operatorname{PMI}, 0) \approx A \operatorname{diag}(\sigma) B^\top, \qquad
        E = A \operatorname{diag}(\sqrt{\sigma})

    Where:
        A and B hold the first D singular vectors, sigma the D largest singular values.

    Shape:
        counts ``[V, V]``, output ``[V, D]``.

    Args:
        counts: of ``cooccurrence``.
        size: D, from 1 to V.
        power: of ``context_share``, in (0, 1].

    Returns:
        One vector a word. The sign of each column is arbitrary.

    Raises:
        ValueError: size or power is out of range.
        ShapeError: counts is not square.

    Example:
        >>> import torch
        >>> E = pmi_vectors(torch.tensor([[0.0, 2.0], [2.0, 0.0]]), 2)
        >>> abs(E.square().sum().item() - 2 * 0.693147) < 1e-5  # the singular values, log 2 twice
        True
    """
    expect_size("pmi_vectors", "size", size)
    if size > len(counts):
        raise ValueError(f"pmi_vectors: size must be at most the vocabulary's {len(counts)}, got {size}.")
    positive = pointwise_mutual_information(counts, power).clamp(min=0)
    left, values, _ = torch.linalg.svd(positive)
    return left[:, :size] * values[:size].sqrt()
