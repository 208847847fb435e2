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

    The losses of a block of k1 steps go back together, from its end e(t). With k1 = 1 each loss goes back
    exactly k2 steps; with k1 = k2 the sequence is cut into chunks; with k2 >= e(T) it is the whole gradient.
    States are carried over the cuts, only gradients are not. The first four arguments are those of
    :func:`bptt`.

    Args:
        cell: the network.
        x: the sequences that it read.
        h: its states.
        direct: dL_t/dh_t at place t - 1.
        every: k1, steps between two backward passes, at least 1.
        back: k2, steps of each backward pass, at least k1.

    Example:
        >>> from seqgraph.computation import srn_states
        >>> cell, x = SRNCell(2, 3).double(), torch.ones(1, 6, 2).double()
        >>> h = srn_states(cell, x)
        >>> whole = truncated_bptt(cell, x, h, h[:, 1:], every=3, back=6)
        >>> torch.allclose(whole.U, bptt(cell, x, h, h[:, 1:]).U)
        True
    """
    expect_pass("truncated_bptt", cell, x, h, direct)
    T = x.shape[1]
    total = None
    for end, first, start in _blocks("truncated_bptt", T, every, back):
        here = direct[:, start:end].clone()
        here[:, : first - start] = 0  # these losses went back with the blocks before
        part = bptt(cell, x[:, start:end], h[:, start : end + 1], here)
        total = (
            part
            if total is None
            else SRNGradients(*(a + b for a, b in zip(total, part, strict=True)))
        )
    return total


def kept_terms(length: int, every: int, back: int) -> Bool[Tensor, "T T"]:
    r"""Which error terms truncated backpropagation through time keeps: ``[T, T]``, rows t, columns k.

    .. math:: \text{kept}(t, k) = \big[\, e(t) - k_2 < k \le t \,\big]

    Args:
        length: T, at least 1.
        every: k1, as in :func:`truncated_bptt`.
        back: k2.

    Example:
        >>> kept_terms(4, every=2, back=2).int().tolist()
        [[1, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 1]]
    """
    kept = torch.zeros(
        expect_size("kept_terms", "length", length), length, dtype=torch.bool
    )
    for end, first, start in _blocks("kept_terms", length, every, back):
        kept[first:end, start:end] = True
    return kept.tril()


def _blocks(who: str, length: int, every: int, back: int) -> list[tuple[int, int, int]]:
    """Of each block: its end, the step where its losses begin, and the step where its pass stops."""
    expect_size(who, "every", every)
    expect_size(who, "back", back)
    if back < every:
        raise ValueError(
            f"{who}: back must be at least every={every}, or losses are lost, got {back}."
        )
    firsts = range(0, length, every)
    return [
        (min(first + every, length), first, max(first + every - back, 0))
        for first in firsts
    ]
