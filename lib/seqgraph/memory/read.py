"""Reading from all rows at once."""

from jaxtyping import Float
from torch import Tensor

from seqgraph.memory.inputs import expect_parts


def read(
    memory: Float[Tensor, "B M W"], weights: Float[Tensor, "B M"]
) -> Float[Tensor, "B W"]:
    r"""Read the weighted mean of the rows of a memory, ``[B, W]``.

    .. math:: r = \sum_i w_i M_i

    Args:
        memory: M, ``[B, M, W]``.
        weights: w, ``[B, M]``, where to read; a one-hot w reads one row.

    Source:
        [graves2014ntm], equation 2

    Example:
        >>> import torch
        >>> memory = torch.tensor([[[1.0, 2.0], [3.0, 6.0]]])
        >>> read(memory, torch.tensor([[0.5, 0.5]])).tolist()
        [[2.0, 4.0]]
    """
    expect_parts(
        "read", "memory", memory, ("B", "M", "W"), weights=(weights, ("B", "M"))
    )
    return (weights[..., None] * memory).sum(1)
