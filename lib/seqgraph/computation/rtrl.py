"""Real-time recurrent learning: the same gradient, carried forward."""

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.computation.bptt import SRNGradients
from seqgraph.computation.srn_states import expect_srn
from seqgraph.core.expect import expect, expect_dtype, expect_size
from seqgraph.recurrent.srn import SRNCell


class RTRL:
    r"""Real-time recurrent learning (RTRL, 实时循环学习) for a simple recurrent network.

    .. math::
        P_t = \frac{\partial h_t}{\partial \theta}
            = \operatorname{diag}(f'(z_t)) \big( U P_{t-1} + \partial^+ z_t / \partial \theta \big), \qquad
        \frac{\partial L_t}{\partial \theta} = P_t^\top \frac{\partial L_t}{\partial h_t}

    theta = [W U b] is one matrix that is multiplied by a_t = [x_t; h_{t-1}; 1], and P_0 = 0. The second term
    is the direct influence, with h_{t-1} held fixed: row j of theta moves z_j by a_t. Nothing is kept from
    earlier steps but h ``[B, H]`` and P ``[B, H, H, I + H + 1]``, so the sequence may go on for ever.

    Args:
        cell: the network. If its weights change on the way, P still knows the old ones a little.
        batch_size: B, sequences that are read side by side, at least 1.

    Source:
        [williams1989learning]

    Differs:
        Each step costs H^4 operations; :func:`bptt` needs H^2 a step, and keeps T H numbers.

    Example:
        >>> forward = RTRL(SRNCell(2, 3))
        >>> h = forward.step(torch.ones(1, 2))
        >>> forward.gradients(direct=h).U.abs().max().item()  # U was multiplied by h_0 = 0
        0.0
    """

    def __init__(self, cell: SRNCell, batch_size: int = 1):
        expect_srn("RTRL", cell)
        B, H = expect_size("RTRL", "batch_size", batch_size), cell.hidden_size
        weight = cell.W.weight.detach()
        self.cell = cell
        self.h = weight.new_zeros(B, H)
        self.P = weight.new_zeros(B, H, H, cell.input_size + H + 1)

    @torch.no_grad()
    def step(self, x: Float[Tensor, "B I"]) -> Float[Tensor, "B H"]:
        """Read one input ``[B, I]``; return the new state, and remember how the weights made it."""
        B, H, _, _ = self.P.shape
        expect(
            "RTRL",
            "x",
            x,
            (B, self.cell.input_size),
            f"input_size={self.cell.input_size}",
        )
        expect_dtype("RTRL", "x", x, self.P.dtype)
        a = torch.cat([x, self.h, x.new_ones(B, 1)], dim=1)
        self.h = torch.tanh(self.cell.project(x) + self.h @ self.cell.U.weight.T)
        through_state = torch.einsum("ij,bjka->bika", self.cell.U.weight, self.P)
        directly = (
            torch.eye(H, dtype=x.dtype, device=x.device)[None, :, :, None]
            * a[:, None, None, :]
        )
        self.P = (1 - self.h**2)[:, :, None, None] * (through_state + directly)
        return self.h

    @torch.no_grad()
    def gradients(self, direct: Float[Tensor, "B H"]) -> SRNGradients:
        """The gradients of the loss of this step, L_t, from dL_t/dh_t ``[B, H]``: all of its past counts."""
        expect(
            "RTRL",
            "direct",
            direct,
            self.h.shape,
            f"hidden_size={self.cell.hidden_size}",
        )
        W, U, b = torch.einsum("bi,bija->ja", direct, self.P).split(
            [self.cell.input_size, self.cell.hidden_size, 1], dim=1
        )
        return SRNGradients(W, U, b.squeeze(1))
