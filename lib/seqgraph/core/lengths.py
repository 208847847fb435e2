"""Lengths of padded sequences."""

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from seqgraph.core.expect import expect


def present_steps(
    who: str, x: Float[Tensor, "B T D"], lengths: Tensor | list[int] | None
) -> Bool[Tensor, "B T"] | None:
    """True where a sequence has not ended; None when all sequences are whole."""
    if lengths is None:
        return None
    try:
        lengths = torch.as_tensor(lengths, device=x.device)
    except (TypeError, ValueError, RuntimeError) as error:
        raise TypeError(
            f"{who}: lengths must be whole numbers, got {lengths!r}."
        ) from error
    expect(who, "lengths", lengths, (x.shape[0],), "one a sequence")
    if (
        lengths.is_floating_point()
        or lengths.is_complex()
        or lengths.dtype == torch.bool
    ):
        raise TypeError(f"{who}: lengths must be whole numbers, got {lengths.dtype}.")
    steps = x.shape[1]
    wrong = [length for length in lengths.tolist() if not 1 <= length <= steps]
    if wrong:
        raise ValueError(f"{who}: lengths must lie in 1..T={steps}, got {wrong[0]}.")
    return torch.arange(steps, device=x.device) < lengths[:, None]
