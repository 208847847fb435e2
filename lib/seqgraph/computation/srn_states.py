"""The forward pass of a simple recurrent network that keeps what the backward pass will need."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_dtype
from seqgraph.recurrent.srn import SRNCell


@torch.no_grad()
def srn_states(
    cell: SRNCell, x: Float[Tensor, "B T I"], h_0: Float[Tensor, "B H"] | None = None
) -> Float[Tensor, "B N H"]:
    r"""All states h_0, ..., h_T of a simple recurrent network, ``[B, T + 1, H]``, without autograd.

    .. math:: z_t = U h_{t-1} + W x_t + b, \qquad h_t = \tanh(z_t), \qquad t = 1, \ldots, T

    The slope that backpropagation needs is f'(z_t) = 1 - h_t^2: with tanh there is no need to keep z_t.

    Args:
        cell: the network, with its W, U and b.
        x: sequences of one length, ``[B, T, I]``, in the dtype of the weights.
        h_0: the state before the first step, ``[B, H]``; zero if it is not given.

    Example:
        >>> cell = SRNCell(1, 1)
        >>> _ = [torch.nn.init.constant_(p, 0.5) for p in cell.parameters()]
        >>> h = srn_states(cell, torch.ones(1, 2, 1))
        >>> [round(value, 3) for value in h.flatten().tolist()]  # 0, tanh(1), tanh(1 + 0.762 / 2)
        [0.0, 0.762, 0.881]
    """
    expect_srn("srn_states", cell)
    expect(
        "srn_states",
        "x",
        x,
        ("B", "T", cell.input_size),
        f"input_size={cell.input_size}",
    )
    expect_dtype("srn_states", "x", x, cell.W.weight.dtype)
    h = x.new_zeros(len(x), cell.hidden_size) if h_0 is None else h_0
    expect(
        "srn_states",
        "h_0",
        h,
        (len(x), cell.hidden_size),
        f"hidden_size={cell.hidden_size}",
    )
    states = [h]
    for projected in cell.project(x).unbind(1):
        states.append(torch.tanh(projected + states[-1] @ cell.U.weight.T))
    return torch.stack(states, dim=1)


def expect_srn(who: str, cell: nn.Module) -> None:
    """Raise unless a cell is a simple recurrent network: the formulas of this part are about no other."""
    if not isinstance(cell, SRNCell):
        raise TypeError(f"{who}: cell must be an SRNCell, got {type(cell).__name__}.")


def expect_pass(
    who: str, cell: nn.Module, x: Tensor, h: Tensor, direct: Tensor
) -> None:
    """Raise unless h are the states of x, and direct has one gradient for each of them but h_0."""
    expect_srn(who, cell)
    expect(who, "x", x, ("B", "T", cell.input_size), f"input_size={cell.input_size}")
    expect_dtype(who, "x", x, cell.W.weight.dtype)
    expect_states(who, cell, h, direct)
    expect(
        who,
        "h",
        h,
        (len(x), x.shape[1] + 1, cell.hidden_size),
        "one state a step of x, and h_0",
    )


def expect_states(who: str, cell: nn.Module, h: Tensor, direct: Tensor) -> None:
    """Raise unless h are states of an SRNCell with h_0, and direct has one gradient for each after it."""
    expect_srn(who, cell)
    size = f"hidden_size={cell.hidden_size}"
    expect(who, "h", h, ("B", "T + 1", cell.hidden_size), size)
    expect(who, "direct", direct, ("B", "T", cell.hidden_size), size)
    expect(
        who,
        "direct",
        direct,
        (len(h), h.shape[1] - 1, cell.hidden_size),
        "one a state, without h_0",
    )
    for name, value in (("h", h), ("direct", direct)):
        expect_dtype(who, name, value, cell.U.weight.dtype)
