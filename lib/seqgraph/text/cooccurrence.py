"""Which words stand near which: the counts that word vectors are made of."""

from collections.abc import Iterable

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect_indices, expect_size


def cooccurrence(
    texts: Iterable[Tensor], vocabulary_size: int, window: int
) -> Float[Tensor, "V V"]:
    r"""Count how often two words stand at most ``window`` places apart in a text, ``[V, V]`` (共现矩阵).

    .. math:: \#(w, w') = \sum_{\text{texts}} \sum_{t} \sum_{0 < |s| \le m} [w_t = w] [w_{t+s} = w']

    m is the window; a square bracket is 1 if what stands in it is true, else 0.

    Args:
        texts: one tensor of indices ``[T]`` a text; no pair reaches from one text into the next.
        vocabulary_size: V, at least 1.
        window: how many neighbours count on each side, at least 1.

    Example:
        >>> cooccurrence([torch.tensor([0, 1, 0, 2])], 3, window=1).tolist()
        [[0.0, 2.0, 1.0], [2.0, 0.0, 0.0], [1.0, 0.0, 0.0]]
    """
    V = expect_size("cooccurrence", "vocabulary_size", vocabulary_size)
    expect_size("cooccurrence", "window", window)
    counts = torch.zeros(V * V, dtype=torch.int64)
    for text in texts:
        text = expect_indices("cooccurrence", "indices", text, V).long().cpu()
        for distance in range(1, min(window, len(text) - 1) + 1):
            counts += torch.bincount(
                text[:-distance] * V + text[distance:], minlength=V * V
            )
    ahead = counts.view(V, V)
    return (ahead + ahead.T).to(torch.get_default_dtype())
