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

    Where:
        f'(z_k) = 1 - h_k^2. It starts at k = t from dL_t/dh_t, which is ``direct``.

    Shape:
        h ``[B, T + 1, H]``, direct ``[B, T, H]``; the result ``[B, T, T, H]``: rows t, columns k.

    Args:
        cell: the network.
        h: its states, from :func:`srn_states`.
        direct: dL_t/dh_t at place t - 1.

    Returns:
        dL_t/dh_k at ``[:, t - 1, k - 1]``; zero for k > t, since a later state cannot change L_t.

    Raises:
        ShapeError: h or direct has the wrong shape.
        TypeError: cell is not an SRNCell.

    Source:
        [werbos1990bptt]

    Example:
        >>> import torch
        >>> from seqgraph.recurrent import SRNCell
        >>> cell = SRNCell(1, 1)
        >>> with torch.no_grad():
        ...     _ = cell.U.weight.fill_(0.5)
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
            gradients[:, k + 1 :, k] = (slopes[:, k + 1, None] * gradients[:, k + 1 :, k + 1]) @ cell.U.weight
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

    Where:
        the factors stand in the order of tau, the smallest to the left: matrices do not commute.

    Shape:
        h ``[B, T + 1, H]``, direct ``[B, T, H]``; the result ``[B, T, T, H]``: rows t, columns k.

    Args:
        cell: the network.
        h: its states, from :func:`srn_states`.
        direct: dL_t/dh_t at place t - 1.

    Returns:
        delta_{t,k} at ``[:, t - 1, k - 1]``; zero for k > t.

    Raises:
        ShapeError: h or direct has the wrong shape.
        TypeError: cell is not an SRNCell.

    Source:
        [werbos1990bptt]

    Example:
        >>> import torch
        >>> from seqgraph.recurrent import SRNCell
        >>> cell, direct = SRNCell(1, 1), torch.ones(1, 2, 1)
        >>> with torch.no_grad():
        ...     _ = cell.U.weight.fill_(0.5)
        >>> error_terms(cell, torch.tensor([[[0.0], [0.0], [0.5]]]), direct)[0, :, :, 0].tolist()
        [[1.0, 0.0], [0.375, 0.75]]
    """
    expect_states("error_terms", cell, h, direct)
    return (1 - h[:, None, 1:] ** 2) * state_gradients(cell, h, direct)
