"""A loss that does not count padding."""

from jaxtyping import Float, Int64
from torch import Tensor, nn

from seqgraph.core.expect import expect
from seqgraph.seq2seq.alphabet import PAD


def masked_cross_entropy(
    scores: Float[Tensor, "B T V"], target: Int64[Tensor, "B T"], smoothing: float = 0.0
) -> Float[Tensor, ""]:
    r"""Mean cross entropy over the symbols of the targets, in nats a symbol; padding is no symbol.

    .. math:: L = -\frac{\sum_{b,t} m_{bt} \log \operatorname{softmax}(a_{bt})_{y_{bt}}}{\sum_{b,t} m_{bt}},
        \qquad m_{bt} = \begin{cases} 0 & y_{bt} = \text{PAD} \\ 1 & \text{else} \end{cases}

    Args:
        scores: a, one number a symbol of the vocabulary, before the softmax or after its logarithm.
        target: y, the right symbols, filled up with PAD = 0 behind their END.
        smoothing: part of the target's probability that is spread over all V symbols, 0 to 1.

    Returns:
        One number.

    Raises:
        ValueError: there is nothing but padding.

    Example:
        >>> import torch
        >>> round(masked_cross_entropy(torch.zeros(1, 3, 4), torch.tensor([[3, 2, 0]])).exp().item(), 4)
        4.0
    """
    expect("masked_cross_entropy", "scores", scores, ("B", "T", "V"))
    expect(
        "masked_cross_entropy",
        "target",
        target,
        tuple(scores.shape[:2]),
        "as the scores",
    )
    if not bool((target != PAD).any()):
        raise ValueError(
            "masked_cross_entropy: target must hold a symbol, got padding only."
        )
    return nn.functional.cross_entropy(
        scores.flatten(0, 1),
        target.flatten(),
        ignore_index=PAD,
        label_smoothing=smoothing,
    )
