"""Backpropagation through time that stops early."""

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from seqgraph.computation.bptt import SRNGradients, bptt
from seqgraph.computation.srn_states import expect_pass
from seqgraph.core.expect import expect_size
from seqgraph.recurrent.srn import SRNCell


def truncated_bptt(
    cell: SRNCell,
    x: Float[Tensor, "B T I"],
    h: Float[Tensor, "B N H"],
    direct: Float[Tensor, "B T H"],
    every: int,
    back: int,
) -> SRNGradients:
    r"""Truncated backpropagation through time: after every k1 steps, go back k2 steps.

    .. math::
        \sum_{t=1}^{T} \sum_{k = e(t) - k_2 + 1}^{t} \delta_{t,k} h_{k-1}^\top, \qquad
        e(t) = k_1 \lceil t / k_1 \rceil

    Where:
        k1 is ``every``, k2 is ``back``, and e(t) is the end of the block of step t. The losses
        of a block go back together, from its end. With k1 = 1 each loss goes back exactly k2 steps; with
        k1 = k2 the sequence is cut into chunks, and the state between chunks is detached.

    Shape:
        x ``[B, T, I]``, h ``[B, T + 1, H]``, direct ``[B, T, H]``.

    Args:
        cell: the network.
        x: the sequences that it read.
        h: its states, from :func:`srn_states`: they are carried over the cuts, only gradients are not.
        direct: dL_t/dh_t at place t - 1.
        every: k1, steps between two backward passes, at least 1.
        back: k2, steps of each backward pass, at least k1.

    Returns:
        SRNGradients: a part of the gradient, or the whole of it if back is at least e(T).

    Raises:
        ShapeError: x, h or direct has the wrong shape.
        ValueError: every or back is not a whole number of at least 1, or back is below every.
        TypeError: cell is not an SRNCell, or x has another dtype than the weights.

    Example:
        >>> import torch
        >>> from seqgraph.computation import bptt, srn_states
        >>> from seqgraph.recurrent import SRNCell
        >>> cell, x = SRNCell(2, 3).double(), torch.ones(1, 6, 2).double()
        >>> h = srn_states(cell, x)
        >>> chunks = truncated_bptt(cell, x, h, h[:, 1:], every=3, back=3)
        >>> halves = [bptt(cell, x[:, a:a + 3], h[:, a:a + 4], h[:, a + 1:a + 4]) for a in (0, 3)]
        >>> torch.allclose(chunks.U, halves[0].U + halves[1].U)
        True
    """
    expect_pass("truncated_bptt", cell, x, h, direct)
    T = x.shape[1]
    total = None
    for end, first, start in _blocks("truncated_bptt", T, every, back):
        here = direct[:, start:end].clone()
        here[:, : first - start] = 0  # these losses went back with the blocks before
        part = bptt(cell, x[:, start:end], h[:, start : end + 1], here)
        total = part if total is None else SRNGradients(*(a + b for a, b in zip(total, part, strict=True)))
    return total


def kept_terms(length: int, every: int, back: int) -> Bool[Tensor, "T T"]:
    r"""Which error terms truncated backpropagation through time keeps.

    .. math:: \text{kept}(t, k) = \big[\, e(t) - k_2 < k \le t \,\big]

    Where:
        e(t) is the end of the block of k1 steps that t is in.

    Shape:
        ``[T, T]``: rows t, columns k.

    Args:
        length: T, at least 1.
        every: k1, steps between two backward passes, at least 1.
        back: k2, steps of each backward pass, at least k1.

    Returns:
        True at ``[t - 1, k - 1]`` where delta_{t,k} is kept.

    Raises:
        ValueError: a size is not a whole number of at least 1, or back is below every.

    Example:
        >>> kept_terms(4, every=2, back=2).int().tolist()
        [[1, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 1]]
    """
    kept = torch.zeros(expect_size("kept_terms", "length", length), length, dtype=torch.bool)
    for end, first, start in _blocks("kept_terms", length, every, back):
        kept[first:end, start:end] = True
    return kept.tril()


def _blocks(who: str, length: int, every: int, back: int) -> list[tuple[int, int, int]]:
    """Of each block: its end, the step where its losses begin, and the step where its pass stops."""
    expect_size(who, "every", every)
    expect_size(who, "back", back)
    if back < every:
        raise ValueError(f"{who}: back must be at least every={every}, or losses are lost, got {back}.")
    firsts = range(0, length, every)
    return [(min(first + every, length), first, max(first + every - back, 0)) for first in firsts]
