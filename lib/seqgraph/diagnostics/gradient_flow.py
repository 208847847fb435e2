"""How much gradient arrives at each step."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.state import State, map_state, state_tensors
from seqgraph.diagnostics.sequence import expect_sequence, first_state


@torch.enable_grad()
def gradient_norms(
    cell: nn.Module,
    x: Float[Tensor, "B T I"],
    loss: Callable[[Tensor], Tensor],
    state: State | None = None,
) -> Float[Tensor, "B N"]:
    r"""The norm ``[B, T + 1]`` of the gradient of a loss with respect to the state after each step.

    .. math:: \left\lVert \frac{\partial L}{\partial s_t} \right\rVert_2, \qquad t = 0, \ldots, T

    L is the loss and s_t the whole state after step t (h, and c in an LSTM), s_0 the state before the first
    step. Each sequence has a row of its own. The masks of ``VariationalDropout`` are a part of the state and
    count too. The gradients of the weights stay as they were.

    Args:
        cell: a recurrent cell, or a wrapped one.
        x: the sequences ``[B, T, I]``, in the dtype of the weights.
        loss: takes the outputs ``[B, T, H]`` and returns one number that depends on them.
        state: s_0; without it the cell's initial state.

    Raises:
        ShapeError: x or the state has the wrong shape, or there are no steps.
        TypeError: cell is not a recurrent cell, or x has another dtype than the weights.
        ValueError: the loss is not one number, or does not depend on the outputs.

    Source:
        [bengio1994learning]

    Example:
        >>> from seqgraph.recurrent import SRNCell
        >>> cell = SRNCell(1, 1)
        >>> _ = nn.init.zeros_(cell.W.bias), nn.init.constant_(cell.U.weight, 0.5)
        >>> gradient_norms(cell, torch.zeros(1, 3, 1), lambda outputs: outputs[:, -1].sum()).tolist()
        [[0.125, 0.25, 0.5, 1.0]]
    """
    expect_sequence("gradient_norms", cell, x, ("B", "T"))
    state = map_state(_own, first_state(cell, x, state))
    states, outputs = [state], []
    for projected in cell.project(x).unbind(1):
        _, state = cell.step(projected, state)
        # Copies: the gradient of c must not hold what came by way of h of the same step.
        state = map_state(torch.clone, state)
        states.append(state)
        outputs.append(cell.hidden(state))
    value = loss(torch.stack(outputs, dim=1))
    if not isinstance(value, Tensor) or value.numel() != 1 or not value.requires_grad:
        raise ValueError(
            "gradient_norms: loss must return one number that depends on the outputs."
        )
    wanted = [state_tensors(state) for state in states]
    flat = [tensor for tensors in wanted for tensor in tensors]
    found = iter(
        torch.autograd.grad(
            value.sum(), flat, materialize_grads=True, allow_unused=True
        )
    )
    norms = [
        torch.cat([next(found).flatten(1) for _ in tensors], dim=1).norm(dim=1)
        for tensors in wanted
    ]
    return torch.stack(norms, dim=1)


def _own(tensor: Tensor) -> Tensor:
    """A copy with a gradient of its own, even where one tensor stands for several parts of a state."""
    return tensor.detach().clone().requires_grad_()
