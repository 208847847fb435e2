"""What a backward pass needs: the memory that autograd keeps."""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor


def saved_bytes(forward: Callable[[], Tensor], besides: Iterable[Tensor] = ()) -> int:
    r"""Count the bytes that autograd keeps from a forward pass for the backward pass.

    A tensor that is saved twice counts once; a view counts as the whole tensor that it is a view of. Seen is
    what goes through ``torch.autograd.graph.saved_tensors_hooks``: ``torch.utils.checkpoint`` and the fused
    kernels of cuDNN keep memory in other ways, see :func:`peak_bytes`.

    Args:
        forward: called without arguments; returns the loss, or any tensor whose graph keeps the rest.
        besides: tensors that are there anyway and are not counted: the weights, the data.

    Raises:
        TypeError: forward does not return a tensor.

    Example:
        >>> x = torch.ones(10, requires_grad=True)
        >>> saved_bytes(lambda: x.tanh().sum())  # tanh keeps its result, the sum keeps nothing
        40
        >>> saved_bytes(lambda: (x * x).sum(), besides=[x])
        0
    """
    there = {tensor.untyped_storage().data_ptr() for tensor in besides}
    kept: dict[int, torch.UntypedStorage] = {}

    def pack(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        kept[storage.data_ptr()] = storage
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        result = forward()
    if not isinstance(result, Tensor):
        raise TypeError(
            f"saved_bytes: forward must return a tensor, got {type(result).__name__}."
        )
    return sum(
        storage.nbytes() for pointer, storage in kept.items() if pointer not in there
    )
