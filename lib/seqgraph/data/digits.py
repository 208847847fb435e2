"""Real handwritten digits, read as sequences."""

from typing import NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.optional import need

ORDERS = ("pixels", "rows")


class Digits(NamedTuple):
    """Training and test images ``[N, T, I]`` with values in [0, 1], and their digits 0 to 9, ``[N]``."""

    x_train: Float[Tensor, "N T I"]
    """Images to learn from, pixels in [0, 1]."""
    y_train: Int64[Tensor, " N"]
    """Their digits, 0 to 9."""
    x_test: Float[Tensor, "M T I"]
    """Images to test with."""
    y_test: Int64[Tensor, " M"]
    """Their digits."""


def digits(order: str = "pixels") -> Digits:
    r"""The 1797 handwritten digits of scikit-learn, 8 x 8 pixels each, read as sequences.

    1000 images are to train and 797 to test, always the same ones, with the ten digits in equal shares. No
    download is needed.

    Args:
        order: ``"pixels"``, one a step, left to right and top to bottom (T = 64, I = 1); or ``"rows"``, one a
            step (T = I = 8).

    Raises:
        ValueError: order is neither of the two.

    Source:
        [alpaydin1998cascading]

    Example:
        >>> x_train, y_train, x_test, y_test = digits("pixels")
        >>> x_train.shape, x_test.shape
        (torch.Size([1000, 64, 1]), torch.Size([797, 64, 1]))
    """
    if order not in ORDERS:
        raise ValueError(f"digits: order must be one of {list(ORDERS)}, got {order!r}.")
    images, labels = need("sklearn.datasets", "digits", "data").load_digits(
        return_X_y=True
    )
    split = need("sklearn.model_selection", "digits", "data").train_test_split
    x_train, x_test, y_train, y_test = split(
        images / 16.0,
        labels,
        train_size=1000,
        test_size=797,
        stratify=labels,
        random_state=0,
    )
    shape = (-1, 64, 1) if order == "pixels" else (-1, 8, 8)
    dtype = torch.get_default_dtype()
    train, test = (
        torch.as_tensor(x, dtype=dtype).reshape(shape) for x in (x_train, x_test)
    )
    return Digits(
        train, torch.as_tensor(y_train).long(), test, torch.as_tensor(y_test).long()
    )
