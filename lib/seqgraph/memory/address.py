"""A whole addressing step: first by content, then by place."""

from typing import NamedTuple

from jaxtyping import Float
from torch import Tensor

from seqgraph.memory.content_weights import content_weights
from seqgraph.memory.interpolate import interpolate
from seqgraph.memory.sharpen import sharpen
from seqgraph.memory.shift import shift


class HeadValues(NamedTuple):
    """What moves a head in one step."""

    key: Tensor
    """What to look for, ``[B, W]``."""
    strength: Tensor
    """How sharply to look, ``[B]``, at least 0."""
    gate: Tensor
    """Whether to go there, ``[B]``, from 0 (stay) to 1."""
    shifts: Tensor
    """How far to move along the rows then, ``[B, S]``, S odd."""
    power: Tensor
    """How much narrower to make the result, ``[B]``, at least 1."""


def address(
    memory: Float[Tensor, "B M W"], previous: Float[Tensor, "B M"], head: HeadValues
) -> Float[Tensor, "B M"]:
    r"""Make the new address of a head, ``[B, M]``.

    The four pieces one after the other: :func:`content_weights`, :func:`interpolate`, :func:`shift`,
    :func:`sharpen`.

    Args:
        memory: M, ``[B, M, W]``.
        previous: the address of the step before, ``[B, M]``.
        head: what moves the head.

    Source:
        [graves2014ntm], figure 2

    Example:
        >>> import torch
        >>> zero, one_on = torch.zeros(1), torch.tensor([[0.0, 0.0, 1.0]])
        >>> head = HeadValues(torch.ones(1, 2), strength=zero, gate=zero, shifts=one_on, power=1 + zero)
        >>> address(torch.ones(1, 3, 2), torch.tensor([[0.0, 1.0, 0.0]]), head).tolist()
        [[0.0, 0.0, 1.0]]
    """
    content = content_weights(memory, head.key, head.strength)
    gated = interpolate(content, previous, head.gate)
    moved = shift(gated, head.shifts)
    return sharpen(moved, head.power)
