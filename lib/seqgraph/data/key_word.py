"""Find the word that matters among many that do not."""

import torch
import torch.nn.functional as F
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.expect import expect_generator, expect_size

NUM_FILLERS = 6


def key_word(
    batch_size: int,
    length: int,
    num_classes: int,
    mentions: int,
    generator: torch.Generator,
) -> tuple[Float[Tensor, "B T I"], Int64[Tensor, " B"]]:
    r"""Draw sentences of meaningless words with a few key words; the last key word is the answer.

    .. math:: y = k_{\max\{t : s_t \text{ is a key word}\}}, \qquad x_t = \text{one-hot}(s_t)

    The words s_t are C key words and 6 fillers. The key words, each one of the C at random, stand at random
    places, and fillers at all others. With one mention the order of the words does not matter; with more it
    does.

    Args:
        batch_size: B, at least 1.
        length: T, at least 1.
        num_classes: C, at least 2.
        mentions: how many key words stand in a sentence, from 1 to T.
        generator: on the CPU: the same seed gives the same batches on every machine.

    Returns:
        x ``[B, T, C + 6]``, the key words first, and the classes y ``[B]``. Chance is an accuracy of 1/C.

    Example:
        >>> x, y = key_word(2, 8, 3, 2, torch.Generator().manual_seed(0))
        >>> x.shape, x[:, :, :3].sum(dim=(1, 2)).tolist()
        (torch.Size([2, 8, 9]), [2.0, 2.0])
    """
    expect_size("key_word", "batch_size", batch_size)
    expect_size("key_word", "length", length)
    expect_size("key_word", "num_classes", num_classes, least=2)
    expect_size("key_word", "mentions", mentions, most=length, why=f"length={length}")
    expect_generator("key_word", generator)
    fillers = torch.randint(
        num_classes,
        num_classes + NUM_FILLERS,
        (batch_size, length),
        generator=generator,
    )
    places = (
        torch.rand(batch_size, length, generator=generator)
        .argsort(1)[:, :mentions]
        .sort(1)
        .values
    )
    keys = torch.randint(num_classes, (batch_size, mentions), generator=generator)
    symbols = fillers.scatter(1, places, keys)
    return F.one_hot(symbols, num_classes + NUM_FILLERS).to(
        torch.get_default_dtype()
    ), keys[:, -1]
