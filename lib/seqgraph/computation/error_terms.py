"""One error term for each pair of steps: how the loss of one step depends on another."""

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.computation.srn_states import expect_states
from seqgraph.recurrent.srn import SRNCell


@torch.no_grad()
def state_gradients(
    cell: SRNCell, h: Float[Tensor, "B N H"], direct: Float[Tensor, "B T H"]
) -> Float[Tensor, "B T T H"]:
    r"""How the loss of each step depends on each state before it.

    .. math::
        \frac{\partial L_t}{\partial h_k} = U^\top \operatorname{diag}(f'(z_{k+1}))
        \frac{\partial L_t}{\partial h_{k+1}}, \qquad k < t

    It starts at k = t from dL_t/dh_t, which is ``direct``; dL_t/dh_k stands at ``[:, t - 1, k - 1]`` of
    ``[B, T, T, H]``, and is zero for k > t; f'(z_k) = 1 - h_k^2.

    Args:
        cell: the network.
        h: its states ``[B, T + 1, H]``, from :func:`srn_states`.
        direct: ``[B, T, H]``, dL_t/dh_t at place t - 1.

    Example:
        >>> cell = SRNCell(1, 1)
        >>> _ = torch.nn.init.constant_(cell.U.weight, 0.5)
        >>> last = torch.tensor([[[0.0], [0.0], [1.0]]])  # a loss at the third step alone
        >>> state_gradients(cell, torch.zeros(1, 4, 1), last)[0, 2].flatten().tolist()
        [0.25, 0.5, 1.0]
    """
    expect_states("state_gradients", cell, h, direct)
    B, T, H = direct.shape
    slopes, gradients = 1 - h[:, 1:] ** 2, direct.new_zeros(B, T, T, H)
    for k in range(T - 1, -1, -1):
        gradients[:, k, k] = direct[:, k]
        if k + 1 < T:
            gradients[:, k + 1 :, k] = (
                slopes[:, k + 1, None] * gradients[:, k + 1 :, k + 1]
            ) @ cell.U.weight
    return gradients


@torch.no_grad()
def error_terms(
    cell: SRNCell, h: Float[Tensor, "B N H"], direct: Float[Tensor, "B T H"]
) -> Float[Tensor, "B T T H"]:
    r"""The error terms (误差项) of all pairs of steps k <= t.

    .. math::
        \delta_{t,k} = \frac{\partial L_t}{\partial z_k} =
        \prod_{\tau=k}^{t-1} \Big( \operatorname{diag}(f'(z_\tau))\, U^\top \Big)\, \delta_{t,t}, \qquad
        \delta_{t,t} = \operatorname{diag}(f'(z_t)) \frac{\partial L_t}{\partial h_t}

    The factors stand in the order of tau, the smallest to the left: matrices do not commute. Arguments and
    places are those of :func:`state_gradients`.

    Args:
        cell: the network.
        h: its states.
        direct: dL_t/dh_t at place t - 1.

    Example:
        >>> cell, h = SRNCell(1, 1), torch.tensor([[[0.0], [0.0], [0.5]]])
        >>> _ = torch.nn.init.constant_(cell.U.weight, 0.5)
        >>> error_terms(cell, h, torch.ones(1, 2, 1))[0, :, :, 0].tolist()
        [[1.0, 0.0], [0.375, 0.75]]
    """
    expect_states("error_terms", cell, h, direct)
    return (1 - h[:, None, 1:] ** 2) * state_gradients(cell, h, direct)
