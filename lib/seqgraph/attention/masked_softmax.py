"""From scores to weights that leave out what must not be seen."""

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from seqgraph.attention.inputs import seen
from seqgraph.core.expect import expect


def masked_softmax(
    scores: Float[Tensor, "B T S"],
    mask: Bool[Tensor, "B S"] | Bool[Tensor, "B T S"] | None = None,
) -> Float[Tensor, "B T S"]:
    r"""Turn scores into weights ``[B, T, S]`` that sum to 1 over the places that may be seen.

    .. math:: \alpha_{ts} = \frac{m_{ts} \exp(e_{ts})}{\sum_{r} m_{tr} \exp(e_{tr})}

    m is 1 where the mask is True, else 0. A query that may see nothing has weights 0 and gradients 0.

    Args:
        scores: e, ``[B, T, S]``; those behind the mask do not matter, NaN and infinity included.
        mask: True where place s may be seen, one row a sequence ``[B, S]`` or one a query ``[B, T, S]``.

    Source:
        [bahdanau2015neural], equation 6, where all places are seen

    Example:
        >>> masked_softmax(torch.tensor([[[0.0, 0.0, 9.0]]]), torch.tensor([[True, True, False]])).tolist()
        [[[0.5, 0.5, 0.0]]]
    """
    expect("masked_softmax", "scores", scores, ("B", "T", "S"))
    if mask is None:
        return scores.softmax(-1)
    allowed = seen(mask, *scores.shape)
    # The least finite number, not -inf: a row with nothing to see would give NaN, in the gradient too.
    return (
        scores.masked_fill(~allowed, torch.finfo(scores.dtype).min).softmax(-1)
        * allowed
    )
