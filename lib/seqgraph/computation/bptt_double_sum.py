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

    Where:
        delta_{t,k} are the :func:`error_terms`. T (T + 1) / 2 of them are needed; :func:`bptt` needs T.

    Shape:
        x ``[B, T, I]``, h ``[B, T + 1, H]``, direct ``[B, T, H]``.

    Args:
        cell: the network.
        x: the sequences that it read.
        h: its states, from :func:`srn_states`.
        direct: dL_t/dh_t at place t - 1.

    Returns:
        SRNGradients, summed over the batch.

    Raises:
        ShapeError: x, h or direct has the wrong shape.
        TypeError: cell is not an SRNCell, or x has another dtype than the weights.

    Source:
        [werbos1990bptt]

    Example:
        >>> import torch
        >>> from seqgraph.computation import bptt, srn_states
        >>> from seqgraph.recurrent import SRNCell
        >>> cell, x = SRNCell(2, 3).double(), torch.ones(1, 5, 2).double()
        >>> h = srn_states(cell, x)
        >>> double, sweep = bptt_double_sum(cell, x, h, h[:, 1:]), bptt(cell, x, h, h[:, 1:])
        >>> torch.allclose(double.U, sweep.U)
        True
    """
    expect_pass("bptt_double_sum", cell, x, h, direct)
    return sum_terms(error_terms(cell, h, direct), x, h)


def sum_terms(delta: Float[Tensor, "B T T H"], x: Tensor, h: Tensor) -> SRNGradients:
    """Both sums, over t and over k, for some or all of the error terms."""
    W = torch.einsum("btkh,bki->hi", delta, x)
    U = torch.einsum("btkh,bkj->hj", delta, h[:, :-1])
    return SRNGradients(W, U, delta.sum((0, 1, 2)))
