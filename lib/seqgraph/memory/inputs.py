"""What every function of a memory asks of its inputs."""

import torch
from torch import Tensor

from seqgraph.core.expect import expect


def expect_parts(
    who: str,
    name: str,
    first: Tensor,
    axes: tuple[int | str, ...],
    **others: tuple[Tensor, tuple[int | str, ...]],
) -> None:
    """Raise unless the first part is floating point with these axes, and the others fit it.

    Each of the others comes with its axes; the letter of an axis of the first stands for its size there.
    """
    expect(who, name, first, axes)
    if not first.is_floating_point():
        raise TypeError(
            f"{who}: {name} must be a floating-point tensor, got {first.dtype}."
        )
    sizes = dict(zip(axes, first.shape, strict=True))
    for other, (value, wanted) in others.items():
        expect(who, other, value, tuple(sizes.get(axis, axis) for axis in wanted))
        if value.dtype != first.dtype:
            raise TypeError(
                f"{who}: {other} must be {first.dtype} like {name}, got {value.dtype}."
            )


def expect_range(
    who: str, name: str, value: Tensor, least: float, most: float | None = None
) -> None:
    """Raise ValueError unless all numbers lie in the range; NaN is no fault of this step and is handed on.

    Under ``torch.func`` and in an export there are no numbers yet to look at: then nothing is asked.
    """
    if torch.compiler.is_compiling() or torch._C._are_functorch_transforms_active():
        return
    low, high = (extreme.item() for extreme in torch.aminmax(value.detach()))
    if low < least or (most is not None and high > most):
        wanted = f"at least {least:g}" if most is None else f"in [{least:g}, {most:g}]"
        came = low if low < least else high
        raise ValueError(f"{who}: {name} must be {wanted}, got {came:g}.")
