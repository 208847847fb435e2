"""What a whole computation needs: the most memory that its tensors take at once."""

import weakref
from collections.abc import Callable

from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves


class _Meter(TorchDispatchMode):
    """Adds up the storages that are made, and takes off those that die."""

    def __init__(self):
        super().__init__()
        self.known = weakref.WeakSet()
        self.now = self.most = 0

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        for tensor in tree_leaves((args, kwargs)):
            self.meet(tensor, count=False)  # what comes in unseen was there before
        result = operation(*args, **kwargs)
        for tensor in tree_leaves(result):
            self.meet(tensor, count=True)
        return result

    def meet(self, tensor: object, count: bool) -> None:
        if not isinstance(tensor, Tensor) or tensor.untyped_storage() in self.known:
            return
        storage = tensor.untyped_storage()
        self.known.add(storage)
        if count:
            size = storage.nbytes()
            self.now += size
            self.most = max(self.most, self.now)
            weakref.finalize(storage, self.free, size)

    def free(self, size: int) -> None:
        self.now -= size


def peak_bytes(compute: Callable[[], object]) -> int:
    r"""The largest number of bytes that the new tensors of a computation take at one moment.

    .. math:: \max_{s} \sum_{a \text{ alive at } s} \text{bytes}(a)

    a runs through the storages that PyTorch's operations have made since the start. What was there before,
    such as weights and data, is not counted, and neither is scratch space inside one operation. The number is
    the same at each call and on every machine with this version of PyTorch.

    Args:
        compute: called without arguments: a forward pass, or a forward and a backward pass.

    Example:
        >>> import torch
        >>> x = torch.zeros(1000, dtype=torch.uint8)
        >>> peak_bytes(lambda: [x + 1, x + 2])  # both live until the list does
        2000
        >>> peak_bytes(lambda: [(x + number).sum() for number in range(5)]) < 1100  # one by one
        True
    """
    with _Meter() as meter:
        compute()
    return meter.most
