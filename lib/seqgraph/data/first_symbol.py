"""Name the first symbol: the simplest test of memory."""

import torch
import torch.nn.functional as F
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.expect import expect_generator, expect_size


def first_symbol(
    batch_size: int, length: int, num_symbols: int, generator: torch.Generator
) -> tuple[Float[Tensor, "B T I"], Int64[Tensor, " B"]]:
    r"""Draw sequences of random symbols; the answer is the symbol of the first step.

    .. math:: y = s_1, \qquad x_t = \text{one-hot}(s_t)

    Args:
        batch_size: B, at least 1.
        length: T, at least 1.
        num_symbols: I, at least 2; all symbols are independent and equally likely.
        generator: on the CPU: the same seed gives the same batches on every machine.

    Returns:
        x ``[B, T, I]`` and the answers y ``[B]``. Chance is an accuracy of 1/I.

    Example:
        >>> x, y = first_symbol(3, 20, 4, torch.Generator().manual_seed(0))
        >>> x.shape, torch.equal(x[:, 0].argmax(dim=1), y)
        (torch.Size([3, 20, 4]), True)
    """
    expect_size("first_symbol", "batch_size", batch_size)
    expect_size("first_symbol", "length", length)
    expect_size("first_symbol", "num_symbols", num_symbols, least=2)
    expect_generator("first_symbol", generator)
    symbols = torch.randint(num_symbols, (batch_size, length), generator=generator)
    return F.one_hot(symbols, num_symbols).to(torch.get_default_dtype()), symbols[:, 0]
