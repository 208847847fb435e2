"""Products with the weight of a linear layer, past the layer itself, where nothing more hangs on it."""

from collections.abc import Callable
from functools import partial

import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.modules.module import _has_any_global_hook


def bare_weight(layer: nn.Module) -> Tensor | None:
    """The weight of a layer if a call is the product with it and nothing else: no bias, hook or adapter."""
    hooked = (
        layer._forward_pre_hooks
        or layer._forward_hooks
        or layer._backward_pre_hooks
        or layer._backward_hooks
        or _has_any_global_hook()
        or "forward" in vars(layer)
    )
    # A parametrized layer has a class of its own, and so has a quantized weight.
    if hooked or type(layer) is not nn.Linear or layer._parameters["bias"] is not None:
        return None
    weight = layer._parameters.get("weight")
    return weight if type(weight) in (nn.Parameter, Tensor) else None


def split_rows(layer: nn.Module, first: int) -> tuple[Callable, Callable]:
    """Two parts of a linear layer, called like it: for its first outputs, and for the others."""
    weight = bare_weight(layer)
    if weight is None:
        return lambda h: layer(h)[..., :first], lambda h: layer(h)[..., first:]
    above, below = weight.tensor_split([first])
    return partial(F.linear, weight=above), partial(F.linear, weight=below)
