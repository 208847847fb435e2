"""Weights to and from torch.nn, exactly."""

import torch
from torch import nn


def copy_from_torch(
    cell_class: type, module: nn.Module, accepted: tuple, layer: int, reverse: bool
) -> nn.Module:
    """A cell with the weights of one layer and direction of a torch module."""
    who = f"{cell_class.__name__}.from_torch"
    if not isinstance(module, accepted):
        names = " or ".join(f"torch.nn.{kind.__name__}" for kind in accepted)
        raise TypeError(
            f"{who}: module must be a {names}, got {type(module).__name__}."
        )
    if getattr(module, "nonlinearity", "tanh") != "tanh":
        raise ValueError(
            f"{who}: nonlinearity must be 'tanh', got {module.nonlinearity!r}."
        )
    if getattr(module, "proj_size", 0):
        raise ValueError(f"{who}: proj_size must be 0, got {module.proj_size}.")
    weights = _layer_weights(who, module, layer, reverse)
    cell = cell_class(
        weights["weight_ih"].shape[1], module.hidden_size, bias=module.bias
    )
    with torch.no_grad():
        cell.to(weights["weight_ih"])
        cell.W.weight.copy_(weights["weight_ih"])
        cell.U.weight.copy_(weights["weight_hh"])
        if module.bias:
            _set_biases(cell, weights["bias_ih"], weights["bias_hh"])
    return cell


def copy_to_torch(cell: nn.Module, module_class: type) -> nn.Module:
    """A one-layer batch-first torch module with the weights of a cell."""
    biased = cell.W.bias is not None
    module = module_class(
        cell.input_size, cell.hidden_size, bias=biased, batch_first=True
    ).to(cell.W.weight)
    with torch.no_grad():
        module.weight_ih_l0.copy_(cell.W.weight)
        module.weight_hh_l0.copy_(cell.U.weight)
        if biased:
            module.bias_ih_l0.copy_(cell.W.bias)
            module.bias_hh_l0.zero_() if cell.U.bias is None else module.bias_hh_l0.copy_(
                cell.U.bias
            )
    return module


def _layer_weights(
    who: str, module: nn.Module, layer: int, reverse: bool
) -> dict[str, torch.Tensor]:
    names = ["weight_ih", "weight_hh"] + (["bias_ih", "bias_hh"] if module.bias else [])
    layers = getattr(module, "num_layers", 1)
    directions = 1 + getattr(module, "bidirectional", False)
    known_layer = (
        isinstance(layer, int) and not isinstance(layer, bool) and 0 <= layer < layers
    )
    if not known_layer or (reverse and directions == 1):
        raise ValueError(
            f"{who}: module has {layers} layers and {directions} direction(s), "
            f"got layer={layer!r}, reverse={reverse!r}."
        )
    suffix = (
        f"_l{layer}" + ("_reverse" if reverse else "")
        if hasattr(module, "num_layers")
        else ""
    )
    return {name: getattr(module, name + suffix).detach() for name in names}


def _set_biases(
    cell: nn.Module, input_bias: torch.Tensor, recurrent_bias: torch.Tensor
) -> None:
    if cell.U.bias is None:
        cell.W.bias.copy_(input_bias + recurrent_bias)
    else:
        cell.W.bias.copy_(input_bias)
        cell.U.bias.copy_(recurrent_bias)
