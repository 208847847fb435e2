"""States of recurrent cells: nested tuples of tensors, batch first."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import ShapeError, expect

State = Tensor | tuple


def map_state(function: Callable[..., Tensor], *states: State) -> State:
    r"""Apply a function to every tensor of one state, or to the tensors of several states side by side.

    Args:
        function: takes as many tensors as there are states and returns one.
        states: states of one structure: tensors, named tuples of tensors, tuples of those. So is the result.

    Raises:
        TypeError: the states have different structures, or hold something that is not a tensor.

    Example:
        >>> map_state(lambda s: s / 2, (torch.ones(1), torch.zeros(1)))
        (tensor([0.5000]), tensor([0.]))
    """
    if states and all(isinstance(state, Tensor) for state in states):
        return function(*states)
    shapes = {
        (type(state), len(state)) if isinstance(state, tuple) else None
        for state in states
    }
    if len(shapes) != 1 or None in shapes:
        came = [type(state).__name__ for state in states]
        raise TypeError(
            f"map_state: states must be tensors or tuples of one structure, got {came}."
        )
    first = states[0]
    parts = [map_state(function, *part) for part in zip(*states, strict=True)]
    return type(first)(*parts) if hasattr(first, "_fields") else tuple(parts)


def state_tensors(state: State) -> list[Tensor]:
    r"""List the tensors of a state in order, depth first.

    Args:
        state: a tensor, or nested tuples of tensors.

    Example:
        >>> len(state_tensors((torch.zeros(2), (torch.zeros(3), torch.zeros(4)))))
        3
    """
    found: list[Tensor] = []
    map_state(lambda tensor: found.append(tensor) or tensor, state)
    return found


def flatten_state(state: State) -> Float[Tensor, "B S"]:
    r"""Lay all tensors of a state side by side, one row ``[B, S]`` a sequence.

    Args:
        state: a state whose tensors are ``[B, ...]``.

    Raises:
        ShapeError: there is no tensor, or the tensors do not share their first axis B.

    Example:
        >>> flatten_state((torch.zeros(2, 3), torch.ones(2, 1))).tolist()
        [[0.0, 0.0, 0.0, 1.0], [0.0, 0.0, 0.0, 1.0]]
    """
    tensors = state_tensors(state)
    batches = {tensor.shape[:1] for tensor in tensors}
    if len(batches) != 1 or torch.Size() in batches:
        came = [list(tensor.shape) for tensor in tensors]
        raise ShapeError(
            f"flatten_state: state must hold tensors [B, ...] of one B, got shapes {came}."
        )
    return torch.cat([tensor.flatten(1) for tensor in tensors], dim=1)


def unflatten_state(flat: Float[Tensor, "B S"], like: State) -> State:
    r"""Undo :func:`flatten_state`.

    Args:
        flat: ``[B, S]``.
        like: a state of the wanted structure; only its shapes are used.

    Example:
        >>> unflatten_state(torch.tensor([[1.0, 2.0, 3.0]]), (torch.zeros(1, 2), torch.zeros(1, 1)))
        (tensor([[1., 2.]]), tensor([[3.]]))
    """
    sizes = [tensor.shape[1:].numel() for tensor in state_tensors(like)]
    expect(
        "unflatten_state",
        "flat",
        flat,
        ("B", sum(sizes)),
        "as many columns as like has values",
    )
    pieces = iter(flat.split(sizes, dim=1))
    return map_state(
        lambda tensor: next(pieces).reshape(flat.shape[0], *tensor.shape[1:]), like
    )
