"""Writing to all rows at once: erase, then add."""

from jaxtyping import Float
from torch import Tensor

from seqgraph.memory.inputs import expect_parts


def write(
    memory: Float[Tensor, "B M W"],
    weights: Float[Tensor, "B M"],
    erase: Float[Tensor, "B W"],
    add: Float[Tensor, "B W"],
) -> Float[Tensor, "B M W"]:
    r"""Erase from every row and add to it, as far as its weight says; a new memory ``[B, M, W]`` comes back.

    .. math:: M_i' = M_i \odot (1 - w_i\, e) + w_i\, a

    With w one-hot and e = 1, one row is replaced by a and all others stay as they are.

    Args:
        memory: M, ``[B, M, W]``; it is not changed.
        weights: w, ``[B, M]``, where to write.
        erase: e, ``[B, W]``, which share of each column goes; a machine keeps it in [0, 1].
        add: a, ``[B, W]``.

    Source:
        [graves2014ntm], equations 3 and 4

    Example:
        >>> import torch
        >>> memory, one = torch.tensor([[[1.0], [2.0]]]), torch.ones(1, 1)
        >>> write(memory, torch.tensor([[0.0, 1.0]]), erase=one, add=7 * one).tolist()
        [[[1.0], [7.0]]]
    """
    expect_parts(
        "write",
        "memory",
        memory,
        ("B", "M", "W"),
        weights=(weights, ("B", "M")),
        erase=(erase, ("B", "W")),
        add=(add, ("B", "W")),
    )
    weights = weights[..., None]
    return memory * (1 - weights * erase[:, None]) + weights * add[:, None]
