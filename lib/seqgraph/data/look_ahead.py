"""A label at each step that depends on a step still to come."""

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.expect import expect_generator, expect_size

NO_LABEL = -100


def look_ahead(
    batch_size: int, length: int, ahead: int, generator: torch.Generator
) -> tuple[Float[Tensor, "B T 1"], Int64[Tensor, "B T"]]:
    r"""Draw sequences of signs; the label says whether a step has the sign of the step d later.

    .. math:: y_t = 1 \text{ if } x_t = x_{t+d} \text{, else } 0

    Where:
        x_t is -1 or +1 with equal chance, independent of all others; d is ``ahead``. Given x_1, ..., x_t
        the label is a fair coin, so a network that reads forward only stays at an accuracy of 1/2 however
        large it is. One that also reads backward has seen x_t and x_{t+d} and can be always right.

    Shape:
        x ``[B, T, 1]`` of the default dtype, y ``[B, T]`` int64, on the CPU.

    Args:
        batch_size: B, the number of sequences, at least 1.
        length: T, the number of steps, at least 2.
        ahead: d, how many steps ahead the label looks, from 1 to T - 1.
        generator: a CPU generator; the same seed gives the same batches on every machine.

    Returns:
        The sequences x and the labels y. The last d steps have no step d later: their label is -100, which
        ``torch.nn.functional.cross_entropy`` leaves out by itself. Leave them out of an accuracy with
        ``y >= 0``.

    Raises:
        ValueError: a size or ahead is out of range, or the generator is not on the CPU.
        TypeError: generator is not a torch.Generator.

    Example:
        >>> import torch
        >>> x, y = look_ahead(1, 5, 2, torch.Generator().manual_seed(0))
        >>> x[0, :, 0].tolist()
        [-1.0, 1.0, 1.0, -1.0, 1.0]
        >>> y[0].tolist()
        [0, 0, 1, -100, -100]
    """
    expect_size("look_ahead", "batch_size", batch_size)
    expect_size("look_ahead", "length", length, least=2)
    expect_size("look_ahead", "ahead", ahead, most=length - 1, why=f"length={length}")
    expect_generator("look_ahead", generator)
    signs = 2 * torch.randint(2, (batch_size, length), generator=generator) - 1
    y = torch.full((batch_size, length), NO_LABEL)
    y[:, :-ahead] = (signs[:, :-ahead] == signs[:, ahead:]).long()
    return signs[..., None].to(torch.get_default_dtype()), y
