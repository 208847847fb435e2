"""Addressing by place: an address moved along the rows."""

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import ShapeError
from seqgraph.memory.inputs import expect_parts


def shift(
    weights: Float[Tensor, "B M"], shifts: Float[Tensor, "B S"]
) -> Float[Tensor, "B M"]:
    r"""Move an address along the rows, round the end (location-based addressing, 基于位置的寻址).

    .. math:: \tilde w_i = \sum_{s=0}^{S-1} \text{shifts}_s\; w_{(i - s + \lfloor S/2 \rfloor) \bmod M}

    Entry s moves by s - S // 2 rows: of three entries, the first moves back, the second stays, the third
    moves on. What leaves the last row enters the first.

    Args:
        weights: w, ``[B, M]``, one number a row.
        shifts: ``[B, S]``, how much of each move; S is odd. They sum to 1 if addresses shall.

    Raises:
        ShapeError: S is even, so that there is no middle.

    Source:
        [graves2014ntm], equation 8

    Example:
        >>> weights, one_on = torch.tensor([[0.0, 0.2, 0.8]]), torch.tensor([[0.0, 0.0, 1.0]])
        >>> [round(w, 1) for w in shift(weights, one_on)[0].tolist()]
        [0.8, 0.0, 0.2]
    """
    expect_parts("shift", "weights", weights, ("B", "M"), shifts=(shifts, ("B", "S")))
    S = shifts.shape[1]
    if S % 2 == 0:
        raise ShapeError(
            f"shift: shifts must have shape [B, S] with S odd, got {list(shifts.shape)}."
        )
    moved = [weights.roll(s - S // 2, dims=-1) for s in range(S)]
    return (torch.stack(moved, dim=-1) * shifts[:, None]).sum(-1)
