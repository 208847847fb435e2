"""Backpropagation through time, written by hand: one sweep backward."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.computation.srn_states import expect_pass
from seqgraph.recurrent.srn import SRNCell


class SRNGradients(NamedTuple):
    """The gradients of a loss with respect to the weights of an ``SRNCell``."""

    W: Float[Tensor, "H I"]
    """With respect to the weights on the input."""
    U: Float[Tensor, "H H"]
    """With respect to the weights on the state before."""
    b: Float[Tensor, " H"]
    """With respect to the bias."""

    def put_into(self, cell: SRNCell) -> None:
        """Store the gradients where an optimiser looks for them: in ``.grad`` of the cell's weights."""
        cell.W.weight.grad, cell.U.weight.grad = self.W, self.U
        if cell.W.bias is not None:
            cell.W.bias.grad = self.b


@torch.no_grad()
def bptt(
    cell: SRNCell,
    x: Float[Tensor, "B T I"],
    h: Float[Tensor, "B N H"],
    direct: Float[Tensor, "B T H"],
) -> SRNGradients:
    r"""Backpropagation through time (BPTT, 通过时间反向传播) for a simple recurrent network.

    .. math::
        \delta_k &= \operatorname{diag}(f'(z_k)) \Big( \frac{\partial L_k}{\partial h_k}
            + U^\top \delta_{k+1} \Big), \qquad k = T, \ldots, 1, \qquad \delta_{T+1} = 0 \\
        \frac{\partial L}{\partial U} &= \sum_k \delta_k h_{k-1}^\top, \qquad
        \frac{\partial L}{\partial W} = \sum_k \delta_k x_k^\top, \qquad
        \frac{\partial L}{\partial b} = \sum_k \delta_k

    L is the sum of the losses L_t of the steps, and L_t reads h_t alone; f'(z_k) = 1 - h_k^2. So delta_k is
    dL/dz_k, the sum of the error terms delta_{t,k} of all t >= k. Gradients are summed over the batch: a mean
    over it belongs into ``direct``.

    Args:
        cell: the network.
        x: the sequences that it read, ``[B, T, I]``.
        h: its states ``[B, T + 1, H]``, from :func:`srn_states`.
        direct: ``[B, T, H]``, at place t - 1 the gradient dL_t/dh_t, with no detour over later states.

    Source:
        [werbos1990bptt]

    Example:
        >>> cell, x = SRNCell(2, 3), torch.ones(1, 1, 2)
        >>> h, _ = cell(x[:, 0], None)  # one step; the loss is half of the sum of all h^2
        >>> (h.square().sum() / 2).backward()
        >>> by_hand = bptt(cell, x, torch.stack([0 * h, h], dim=1).detach(), direct=h[:, None].detach())
        >>> torch.allclose(by_hand.W, cell.W.weight.grad)
        True
    """
    expect_pass("bptt", cell, x, h, direct)
    W, U, b = (torch.zeros_like(p) for p in (cell.W.weight, cell.U.weight, h[0, 0]))
    from_later = torch.zeros_like(direct[:, 0])
    for k in range(x.shape[1], 0, -1):
        delta = (1 - h[:, k] ** 2) * (direct[:, k - 1] + from_later)
        W += delta.T @ x[:, k - 1]
        U += delta.T @ h[:, k - 1]
        b += delta.sum(0)
        from_later = delta @ cell.U.weight
    return SRNGradients(W, U, b)
