"""A network, what it read, its states and a loss of every step: what all tests of this part start from."""

import torch
from torch import Tensor

from seqgraph.computation import srn_states
from seqgraph.recurrent import Recurrent, SRNCell
from tests.checks.numbers import fill, random

B, T, I, H = 3, 7, 2, 4


def one_pass(T: int = T, seed: int = 0) -> tuple[SRNCell, Tensor, Tensor, Tensor]:
    """A cell with large weights, its input, its states, and dL_t/dh_t of a loss that is not quadratic."""
    cell, x = fill(SRNCell(I, H).double(), seed), random(B, T, I, seed=seed + 50)
    h = srn_states(cell, x)
    return cell, x, h, loss_slopes(h)


def step_losses(states: Tensor) -> Tensor:
    """L_t of each step, summed over the batch, ``[T]``: it weighs steps and units unequally."""
    weights = random(*states.shape[1:], seed=77)
    return (weights * torch.exp(states / 2)).sum((0, 2))


def loss_slopes(h: Tensor) -> Tensor:
    states = h[:, 1:].detach().requires_grad_()
    return torch.autograd.grad(step_losses(states).sum(), states)[0]


def autograd(cell: SRNCell, x: Tensor, losses=lambda states: step_losses(states).sum()) -> list[Tensor]:
    """The gradients with respect to W, U and b by PyTorch, from a fresh forward pass."""
    return list(
        torch.autograd.grad(losses(Recurrent(cell)(x)[0]), [cell.W.weight, cell.U.weight, cell.W.bias])
    )


def relative(found, expected) -> float:
    """The largest error of several tensors, each relative to the norm of the one that was expected."""
    errors = [(a - b).norm() / b.norm() for a, b in zip(found, expected, strict=True)]
    return float(torch.stack(errors).max())
