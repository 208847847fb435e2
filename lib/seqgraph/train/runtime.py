"""Where training runs: the only place that knows Lightning Fabric."""

import contextlib
import logging
import pickle
import warnings
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from seqgraph.core.expect import expect_size
from seqgraph.core.optional import need

ACCELERATORS = ("auto", "cpu", "cuda")


class Runtime:
    r"""A device and a number of processes, behind one small face.

    With P processes each holds the whole model and takes every P-th sequence of a batch; gradients are
    averaged, so that the weights follow those of one process on the whole batch (for a loss that is a mean
    over the batch, and batches that P divides).

    Args:
        accelerator: ``"cpu"``, ``"cuda"``, or ``"auto"`` for a GPU where there is one.
        processes: P, at least 1. More than one runs through :func:`launch`.

    Raises:
        ValueError: an unknown accelerator; a batch that P does not divide; with several processes, tensors
            of different lengths (a graph's edges).

    Example:
        >>> runtime = Runtime("cpu")
        >>> runtime.device, runtime.rank
        (device(type='cpu'), 0)
    """

    def __init__(self, accelerator: str = "auto", processes: int = 1):
        if accelerator not in ACCELERATORS:
            raise ValueError(
                f"Runtime: accelerator must be one of {ACCELERATORS}, got {accelerator!r}."
            )
        expect_size("Runtime", "processes", processes)
        with _quiet():
            self.fabric = _fabric(accelerator, processes)

    @property
    def device(self) -> torch.device:
        """The device of this process."""
        return self.fabric.device

    @property
    def rank(self) -> int:
        """The number of this process, from 0."""
        return self.fabric.global_rank

    def prepare(
        self, model: nn.Module, optimizer: torch.optim.Optimizer
    ) -> tuple[nn.Module, Any]:
        """Move a model to the device and join it with those of the other processes."""
        with _quiet():
            return self.fabric.setup(model, optimizer)

    def shard(self, batch: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        """This process's part of a batch, on the device."""
        world = self.fabric.world_size
        lengths = [len(part) for part in batch]
        if world > 1 and len(set(lengths)) > 1:
            raise ValueError(
                "Runtime: several processes share a batch by its first axis, which must be as long"
                f" in every tensor, got {lengths}."
            )
        if len(batch[0]) % world:
            raise ValueError(
                f"Runtime: the batch size must be a multiple of {world} processes, got {len(batch[0])}."
            )
        return tuple(part[self.rank :: world].to(self.device) for part in batch)

    def backward(self, loss: Tensor) -> None:
        """Compute gradients, averaged over the processes."""
        self.fabric.backward(loss)


def launch(
    function: Callable, *args: Any, accelerator: str = "auto", processes: int = 1
) -> Any:
    r"""Run ``function(runtime, *args)`` on one or several processes and return the first one's result.

    Args:
        function: takes a :class:`Runtime` and ``args``; with several processes it must be importable (defined
            in a module), and its result picklable.
        args: handed on.
        accelerator: as for :class:`Runtime`.
        processes: how many, at least 1. Under ``torchrun`` they are those that it started.

    Example:
        >>> launch(lambda runtime, x: x + runtime.rank, 1, accelerator="cpu")
        1
    """
    runtime = Runtime(accelerator, processes)
    with _quiet():
        result = runtime.fabric.launch(_enter, runtime, function, args)
    return pickle.loads(result)


def _enter(fabric: Any, runtime: Runtime, function: Callable, args: tuple) -> Any:
    runtime.fabric = fabric
    # Bytes, because a tensor in shared memory would vanish with the process that made it.
    return pickle.dumps(function(runtime, *args))


def _fabric(accelerator: str, processes: int) -> Any:
    Fabric = need("lightning_fabric", "Runtime", "train").Fabric
    if accelerator == "auto":
        accelerator = "cuda" if torch.cuda.is_available() else "cpu"
    strategy = (
        "ddp_spawn"
        if processes > 1 and not torch.distributed.is_torchelastic_launched()
        else "auto"
    )
    return Fabric(accelerator=accelerator, devices=processes, strategy=strategy)


@contextlib.contextmanager
def _quiet():
    """Keep Fabric's advice out of notebooks, whose stored output must not depend on the machine."""
    logger = logging.getLogger("lightning_fabric")
    level = logger.level
    logger.setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            logger.setLevel(level)
