"""Backpropagation through time as the double sum of its formula."""

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.computation.bptt import SRNGradients
from seqgraph.computation.error_terms import error_terms
from seqgraph.computation.srn_states import expect_pass
from seqgraph.recurrent.srn import SRNCell


@torch.no_grad()
def bptt_double_sum(
    cell: SRNCell,
    x: Float[Tensor, "B T I"],
    h: Float[Tensor, "B N H"],
    direct: Float[Tensor, "B T H"],
) -> SRNGradients:
    r"""The gradient as a sum over all pairs of steps: what is meant, not how to compute it.

    .. math::
        \frac{\partial L}{\partial U} = \sum_{t=1}^{T} \sum_{k=1}^{t} \delta_{t,k} h_{k-1}^\top, \qquad
        \frac{\partial L}{\partial W} = \sum_{t=1}^{T} \sum_{k=1}^{t} \delta_{t,k} x_k^\top, \qquad
        \frac{\partial L}{\partial b} = \sum_{t=1}^{T} \sum_{k=1}^{t} \delta_{t,k}

    It needs T (T + 1) / 2 :func:`error_terms`; :func:`bptt`, with the same arguments and result, needs T.

    Args:
        cell: the network.
        x: the sequences that it read.
        h: its states.
        direct: dL_t/dh_t at place t - 1.

    Example:
        >>> from seqgraph.computation import bptt, srn_states
        >>> cell, x = SRNCell(2, 3).double(), torch.ones(1, 5, 2).double()
        >>> h = srn_states(cell, x)
        >>> torch.allclose(bptt_double_sum(cell, x, h, h[:, 1:]).U, bptt(cell, x, h, h[:, 1:]).U)
        True
    """
    expect_pass("bptt_double_sum", cell, x, h, direct)
    return sum_terms(error_terms(cell, h, direct), x, h)


def sum_terms(delta: Float[Tensor, "B T T H"], x: Tensor, h: Tensor) -> SRNGradients:
    """Both sums, over t and over k, for some or all of the error terms."""
    W = torch.einsum("btkh,bki->hi", delta, x)
    U = torch.einsum("btkh,bkj->hj", delta, h[:, :-1])
    return SRNGradients(W, U, delta.sum((0, 1, 2)))
