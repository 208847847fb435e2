"""Clipping of gradients: by value and by norm."""

import math
from collections.abc import Iterable

import torch
from torch import Tensor

from seqgraph.core.expect import expect_number


def clip_by_value(parameters: Tensor | Iterable[Tensor], v: float) -> None:
    r"""Clip each component of the gradients to [-v, v], in place: the direction may change (按值截断).

    .. math:: g_i \leftarrow \max(-v, \min(v, g_i))

    Args:
        parameters: one tensor or several; those without a gradient are left out.
        v: the largest absolute value that a component may have, above 0.

    Source:
        [mikolov2012statistical]

    Example:
        >>> w = torch.zeros(2, requires_grad=True)
        >>> w.grad = torch.tensor([3.0, 0.5])
        >>> clip_by_value(w, 1.0)
        >>> w.grad.tolist()
        [1.0, 0.5]
    """
    gradients = _gradients("clip_by_value", parameters, v)
    for g in gradients:
        g.clamp_(-v, v)


def clip_by_norm(parameters: Tensor | Iterable[Tensor], v: float) -> float:
    r"""Shorten all gradients by one common factor so that their norm is at most v, in place (按模截断).

    .. math:: g \leftarrow \min\left(1, \frac{v}{\lVert g \rVert}\right) g

    g holds the gradients of all parameters as one long vector, whose direction stays. Its norm before
    clipping is returned: 0.0 if nothing has a gradient.

    Args:
        parameters: one tensor or several; those without a gradient are left out.
        v: the largest norm that the gradient may have, above 0. With ``math.inf`` it is only measured.

    Raises:
        ValueError: the norm is NaN or infinite; then no gradient is changed.

    Source:
        [pascanu2013difficulty]

    Differs:
        ``torch.nn.utils.clip_grad_norm_`` adds 1e-6 to the norm, and by default spreads a NaN of one gradient
        to all of them. Here the norm is summed in float64: a float32 gradient of 1e30 does not overflow.

    Example:
        >>> w = torch.zeros(2, requires_grad=True)
        >>> w.grad = torch.tensor([3.0, 4.0])
        >>> clip_by_norm(w, 0.5), [round(value, 4) for value in w.grad.tolist()]
        (5.0, [0.3, 0.4])
    """
    gradients = _gradients("clip_by_norm", parameters, v)
    norm = math.hypot(
        *[torch.linalg.vector_norm(g, dtype=torch.float64).item() for g in gradients]
    )
    if not math.isfinite(norm):
        raise ValueError(
            f"clip_by_norm: the norm of the gradient must be finite, got {norm}."
        )
    if norm > v:
        for g in gradients:
            g.mul_(v / norm)
    return norm


def _gradients(
    who: str, parameters: Tensor | Iterable[Tensor], v: float
) -> list[Tensor]:
    if v != math.inf:  # which clips nothing, as in PyTorch
        expect_number(who, "v", v, above=0)
    found = [parameters] if isinstance(parameters, Tensor) else list(parameters)
    for parameter in found:
        if not isinstance(parameter, Tensor):
            raise TypeError(
                f"{who}: parameters must be tensors, got {type(parameter).__name__}."
            )
    gradients = [
        parameter.grad.detach() for parameter in found if parameter.grad is not None
    ]
    if any(g.is_sparse for g in gradients):
        raise TypeError(
            f"{who}: gradients must be dense, got a sparse one; use sparse=False."
        )
    return gradients
