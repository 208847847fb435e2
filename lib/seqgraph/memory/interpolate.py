"""The gate between two addresses."""

from jaxtyping import Float
from torch import Tensor

from seqgraph.memory.inputs import expect_parts, expect_range


def interpolate(
    content: Float[Tensor, "B M"],
    previous: Float[Tensor, "B M"],
    gate: Float[Tensor, " B"],
) -> Float[Tensor, "B M"]:
    r"""Choose between the address found by content and the address of the step before, ``[B, M]``.

    .. math:: w^g = g\, w^c + (1 - g)\, w_{t-1}

    Args:
        content: w^c, ``[B, M]``.
        previous: w_{t-1}, ``[B, M]``.
        gate: g, ``[B]``, from 0 (stay) to 1 (go where the content is).

    Source:
        [graves2014ntm], equation 7

    Example:
        >>> import torch
        >>> content, previous = torch.tensor([[1.0, 0.0]]), torch.tensor([[0.0, 1.0]])
        >>> interpolate(content, previous, torch.tensor([0.25])).tolist()
        [[0.25, 0.75]]
    """
    expect_parts(
        "interpolate",
        "content",
        content,
        ("B", "M"),
        previous=(previous, ("B", "M")),
        gate=(gate, ("B",)),
    )
    expect_range("interpolate", "gate", gate, least=0, most=1)
    gate = gate[:, None]
    return gate * content + (1 - gate) * previous
