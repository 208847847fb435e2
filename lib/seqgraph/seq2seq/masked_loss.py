"""A loss that does not count padding."""

from jaxtyping import Float, Int64
from torch import Tensor, nn

from seqgraph.core.expect import expect
from seqgraph.seq2seq.alphabet import PAD


def masked_cross_entropy(
    scores: Float[Tensor, "B T V"], target: Int64[Tensor, "B T"], smoothing: float = 0.0
) -> Float[Tensor, ""]:
    r"""Mean cross entropy over the symbols of the targets; padding is no symbol.

    .. math::
        L = -\frac{1}{\sum_{b,t} m_{bt}} \sum_{b,t} m_{bt} \log \operatorname{softmax}(a_{bt})_{y_{bt}},
        \qquad m_{bt} = \begin{cases} 0 & y_{bt} = \text{PAD} \\ 1 & \text{else} \end{cases}

    Where:
        a are the scores and y the targets.

    Args:
        scores: one number a symbol of the vocabulary, before the softmax, ``[B, T, V]``.
        target: the right symbols, ``[B, T]``, filled up with PAD = 0 behind their END.
        smoothing: part of the target's probability that is spread over all V symbols, from 0 to 1.

    Returns:
        One number, nats a symbol.

    Raises:
        ShapeError: scores or target have the wrong shape.
        ValueError: there is nothing but padding.

    Example:
        >>> import torch
        >>> loss = masked_cross_entropy(torch.zeros(1, 3, 4), torch.tensor([[3, 2, 0]]))
        >>> round(loss.exp().item(), 4)  # four symbols, all alike
        4.0
    """
    expect("masked_cross_entropy", "scores", scores, ("B", "T", "V"))
    expect("masked_cross_entropy", "target", target, tuple(scores.shape[:2]), "as the scores")
    if not bool((target != PAD).any()):
        raise ValueError("masked_cross_entropy: target must hold a symbol, got padding only.")
    return nn.functional.cross_entropy(
        scores.flatten(0, 1), target.flatten(), ignore_index=PAD, label_smoothing=smoothing
    )
