"""Automatic mixed precision, as the library meets it."""

import torch
from torch import Tensor


def autocast_dtype(value: Tensor) -> torch.dtype | None:
    """The lower precision of ``torch.autocast`` where a tensor lives, or None where it is off."""
    device = value.device.type
    on = torch.amp.is_autocast_available(device) and torch.is_autocast_enabled(device)
    return torch.get_autocast_dtype(device) if on else None
