"""What a trained model says."""

import torch
from torch import Tensor, nn


def predict(model: nn.Module, *inputs: Tensor) -> Tensor:
    r"""Run a model without training it: evaluation mode, no gradients; the answer is on the CPU.

    Args:
        model: maps the inputs to one tensor. Its training mode is restored afterwards.
        inputs: tensors on any device.

    Raises:
        ValueError: the model has no parameters to tell its device.

    Example:
        >>> predict(nn.Linear(2, 3), torch.zeros(5, 2)).shape
        torch.Size([5, 3])
    """
    weight = next(model.parameters(), None)
    if weight is None:
        raise ValueError(
            f"predict: model must have parameters, got {type(model).__name__} without any."
        )
    training = model.training
    model.eval()
    try:
        with torch.no_grad():
            return model(*(part.to(weight.device) for part in inputs)).cpu()
    finally:
        model.train(training)
