"""The training loop, handed to the reader one update at a time."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import torch
from torch import Tensor, nn

from seqgraph.train.runtime import Runtime


class Step(NamedTuple):
    """One update that has been made."""

    number: int
    """Counts from 1."""
    loss: Tensor
    """The loss before the update, one number without a graph."""
    gradient_norm: Tensor | None
    """The global gradient norm before clipping, or None where nothing clips."""


def steps(
    model: nn.Module,
    loss: Callable[..., Tensor],
    batches: Iterable[tuple[Tensor, ...]],
    optimizer: torch.optim.Optimizer,
    clip: Callable[[Iterable[Tensor]], Tensor] | None = None,
    runtime: Runtime | None = None,
) -> Iterator[Step]:
    r"""Train, and give the word to the caller after every update.

    The body of the ``for`` loop sees the model as it is after the update. It can plot, read
    ``parameter.grad``, evaluate, or ``break``. A loss that is NaN or infinite raises FloatingPointError and
    changes nothing.

    Args:
        model: moved to the device, in training mode at each update.
        loss: ``loss(model, *batch)`` returns one number, the mean over the batch.
        batches: tuples of tensors with the batch first, on the CPU; its length is the number of updates.
        optimizer: built on the model's parameters.
        clip: changes the gradients in place before the update and returns their norm.
        runtime: where to run; a GPU where there is one if not given.

    Example:
        >>> model = nn.Linear(1, 1)
        >>> sgd = torch.optim.SGD(model.parameters(), lr=0.1)
        >>> batches = [(torch.ones(4, 1),)] * 50
        >>> size = lambda model, x: model(x).square().mean()
        >>> losses = [step.loss.item() for step in steps(model, size, batches, sgd)]
        >>> losses[-1] < losses[0] / 100
        True
    """
    runtime = Runtime() if runtime is None else runtime
    prepared, updater = runtime.prepare(model, optimizer)
    for number, batch in enumerate(_with_progress(batches), start=1):
        prepared.train()
        optimizer.zero_grad()
        value = loss(prepared, *runtime.shard(batch))
        _check_loss(value, number)
        runtime.backward(value)
        norm = None if clip is None else clip(model.parameters())
        updater.step()
        yield Step(number, value.detach(), norm)


def _check_loss(value: Tensor, number: int) -> None:
    if value.numel() != 1:
        raise ValueError(
            f"steps: loss must return one number, got a tensor of shape {list(value.shape)}."
        )
    if not torch.isfinite(value):
        raise FloatingPointError(
            f"steps: the loss must be finite, got {value.item()} at update {number}."
        )


def _with_progress(batches: Iterable) -> Iterable:
    """A bar where somebody can watch it: a terminal or a notebook server, not a stored run."""
    if not (
        sys.stderr.isatty()
        or "JPY_SESSION_NAME" in os.environ
        or "google.colab" in sys.modules
    ):
        return batches
    from tqdm.auto import tqdm

    return tqdm(batches, leave=False)
