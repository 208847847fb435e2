"""From scores to weights that leave out what must not be seen."""

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from seqgraph.core.expect import ShapeError, expect


def masked_softmax(
    scores: Float[Tensor, "B T S"], mask: Bool[Tensor, "B S"] | Bool[Tensor, "B T S"] | None = None
) -> Float[Tensor, "B T S"]:
    r"""Turn scores into weights that sum to 1 over the places that may be seen.

    .. math:: \alpha_{ts} = \frac{m_{ts} \exp(e_{ts})}{\sum_{r} m_{tr} \exp(e_{tr})}

    Where:
        e are the scores and m is 1 where the mask is True, else 0. A row in which nothing may be seen has
        weights of zero, all of them, and gradients of zero: never NaN.

    Shape:
        scores and weights ``[B, T, S]``.

    Args:
        scores: any numbers; those behind the mask do not matter as long as they are no NaN.
        mask: True where place s may be seen, one row a sequence ``[B, S]`` or one a query ``[B, T, S]``.

    Returns:
        The weights.

    Raises:
        ShapeError: the scores or the mask have the wrong shape.
        TypeError: the mask is not of dtype bool.

    Source:
        [bahdanau2015neural], equation 6

    Differs:
        There all places of a sentence are seen; the mask serves padded batches.

    Example:
        >>> import torch
        >>> scores = torch.tensor([[[0.0, 0.0, 9.0]]])
        >>> masked_softmax(scores, torch.tensor([[True, True, False]])).tolist()
        [[[0.5, 0.5, 0.0]]]
    """
    expect("masked_softmax", "scores", scores, ("B", "T", "S"))
    if mask is None:
        return scores.softmax(-1)
    seen = _seen(scores, mask)
    # The least finite number, not -inf: a row with nothing to see would give NaN, in the gradient too.
    return scores.masked_fill(~seen, torch.finfo(scores.dtype).min).softmax(-1) * seen


def _seen(scores: Tensor, mask: Tensor) -> Tensor:
    B, T, S = scores.shape
    if not isinstance(mask, Tensor) or mask.dtype != torch.bool:
        came = mask.dtype if isinstance(mask, Tensor) else type(mask).__name__
        raise TypeError(f"attention: mask must be a tensor of torch.bool (True = may be seen), got {came}.")
    if mask.shape == (B, T, S):
        return mask
    if mask.shape == (B, S):
        return mask[:, None]
    wanted, came = f"[{B}, {S}] or [{B}, {T}, {S}]", list(mask.shape)
    raise ShapeError(f"attention: mask must have shape {wanted} (as the scores), got {came}.")
