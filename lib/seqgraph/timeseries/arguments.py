"""Checks that the models of a window share."""

import torch
from torch import Tensor


def expect_count(who: str, name: str, value: int, least: int) -> int:
    """Return a number of lags or raise ValueError unless it is a whole number of at least ``least``."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ValueError(f"{who}: {name} must be a whole number of at least {least}, got {value!r}.")
    return value


def expect_finite(who: str, name: str, value: Tensor) -> None:
    """Raise ValueError if a value is NaN or infinite: least squares would turn all weights into NaN."""
    bad = int((~torch.isfinite(value)).sum())
    if bad:
        raise ValueError(f"{who}: {name} must be finite, got {bad} values that are NaN or infinite.")
