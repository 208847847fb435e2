"""Pointwise mutual information, and word vectors from it by a singular value decomposition."""

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect, expect_number, expect_size


def context_share(
    counts: Float[Tensor, "V V"], power: float = 1.0
) -> Float[Tensor, " V"]:
    r"""How often each word is met as a neighbour, as shares that sum to one.

    .. math:: P(w') = \frac{\#(w')^{a}}{\sum_v \#(v)^{a}}, \qquad \#(w') = \sum_w \#(w, w')

    Args:
        counts: of ``cooccurrence``, ``[V, V]``.
        power: the exponent a, in (0, 1]. Below 1 it lifts rare words a little.

    Source:
        [mikolov2013distributed]

    Example:
        >>> context_share(torch.tensor([[0.0, 3.0], [3.0, 2.0]]))
        tensor([0.3750, 0.6250])
    """
    expect("context_share", "counts", counts, (len(counts), len(counts)))
    expect_number("context_share", "power", power, above=0, most=1)
    share = counts.sum(0) ** power
    return share / share.sum()


def pointwise_mutual_information(
    counts: Float[Tensor, "V V"], power: float = 1.0
) -> Float[Tensor, "V V"]:
    r"""Compare how often two words meet with how often they would meet by chance (PMI, 点互信息).

    .. math:: \operatorname{PMI}(w, w') = \log \frac{P(w, w')}{P(w)\, P(w')}

    0 means as often as by chance; words that never meet get minus infinity. The logarithm is the natural one.

    Args:
        counts: of ``cooccurrence``, ``[V, V]``.
        power: of ``context_share``, in (0, 1].

    Example:
        >>> pointwise_mutual_information(torch.tensor([[0.0, 2.0], [2.0, 0.0]])).exp().tolist()
        [[0.0, 2.0], [2.0, 0.0]]
    """
    chance = counts.sum(1, keepdim=True) * context_share(counts, power)
    return torch.where(counts > 0, torch.log(counts / chance), -torch.inf)


def pmi_vectors(
    counts: Float[Tensor, "V V"], size: int, power: float = 1.0
) -> Float[Tensor, "V D"]:
    r"""Word vectors ``[V, D]`` without training: the largest singular directions of the positive PMI.

    .. math:: \max(\operatorname{PMI}, 0) \approx A \operatorname{diag}(\sigma) B^\top, \qquad
        E = A \operatorname{diag}(\sqrt{\sigma})

    Args:
        counts: of ``cooccurrence``, ``[V, V]``.
        size: D, how many singular values are kept, from 1 to V. The sign of each column is arbitrary.
        power: of ``context_share``, in (0, 1].

    Example:
        >>> pmi_vectors(torch.tensor([[0.0, 2.0], [2.0, 0.0]]), 2).shape
        torch.Size([2, 2])
    """
    expect_size(
        "pmi_vectors", "size", size, most=len(counts), why="words in the vocabulary"
    )
    positive = pointwise_mutual_information(counts, power).clamp(min=0)
    left, values, _ = torch.linalg.svd(positive)
    return left[:, :size] * values[:size].sqrt()
