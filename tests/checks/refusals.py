"""What every cell and runner must refuse, and the words that say why."""

import re
from collections.abc import Callable

import pytest
import torch

from seqgraph.core import ShapeError, map_state
from seqgraph.recurrent import Cell, Recurrent
from tests.checks.numbers import random

B, T, I, H = 3, 5, 3, 4


def refuses(call: Callable[[], object], kind: type[Exception] | tuple, words: str) -> None:
    with pytest.raises(kind, match=words):
        call()


def refuse_wrong_inputs(call: Callable, who: str, shape: tuple[int, ...]) -> None:
    """The shapes and kinds of x, for a cell ``[B, I]`` and for a runner ``[B, T, I]``."""
    axes = r"\[B, 3\]" if len(shape) == 2 else r"\[B, T, 3\]"
    words = rf"{who}: x must have shape {axes} \(input_size=3\), got "
    x = random(*shape)
    for wrong in (x[0], x[None], x[..., :2], torch.cat([x, x], dim=-1)):
        refuses(lambda wrong=wrong: call(wrong), ShapeError, words + re.escape(str(list(wrong.shape))))
    for axis in range(len(shape) - 1):
        empty = x.narrow(axis, 0, 0)
        refuses(lambda empty=empty: call(empty), ShapeError, words + r".*No axis may be empty\.")
    for dtype in (torch.float32, torch.int64, torch.complex128):
        came = rf"{who}: x must be torch.float64 like the weights, got {dtype}\."
        refuses(lambda dtype=dtype: call(x.to(dtype)), TypeError, came)
    refuses(lambda: call(x.tolist()), TypeError, rf"{who}: x must be a torch.Tensor, got list\.")


def refuse_wrong_states(call: Callable, state: tuple) -> None:
    """Another batch or hidden size, another dtype, another structure; ``call`` takes the state."""
    for change in (lambda s: s[:2], lambda s: s[:, :-1], lambda s: s[:, :, None], lambda s: s[:0]):
        wrong = map_state(change, state)
        refuses(lambda wrong=wrong: call(wrong), ShapeError, r"^[\w()]+: \w+ must have shape \[3, \d\]")
    wrong = map_state(torch.Tensor.float, state)
    refuses(lambda: call(wrong), TypeError, r"^[\w()]+: \w+ must be torch.float64 like the weights")
    for other in (torch.zeros(B, H, dtype=torch.float64), "h", 3):
        words = rf"^[\w()]+: state must be .*, got {type(other).__name__}\."
        refuses(lambda other=other: call(other), TypeError, words)
    refuses(lambda: call(()), (TypeError, ValueError), r"^[\w()]+: state must (be|hold) .*, got ")


def refuse_wrong_lengths(call: Callable, who: str) -> None:
    """``call`` takes lengths for B=3 sequences of T=5 steps."""
    for wrong in ([0, 5, 5], [5, -1, 5], [5, 5, 6], torch.tensor([5, 5, 10**9])):
        value = next(n for n in torch.as_tensor(wrong).tolist() if not 1 <= n <= T)
        words = rf"{who}: lengths must lie in 1\.\.T=5, got {value}\."
        refuses(lambda wrong=wrong: call(wrong), ValueError, words)
    for wrong in ([5, 5], [5] * 4, [], 5, torch.tensor([[5, 5, 5]])):
        words = rf"{who}: lengths must have shape \[3\] \(one a sequence\), got "
        refuses(lambda wrong=wrong: call(wrong), ShapeError, words)
    for wrong in (
        [5.0, 5.0, 5.0],
        [True] * 3,
        torch.ones(3, dtype=torch.cfloat),
        "555",
        ["5"] * 3,
        [[5], [5, 5]],
    ):
        words = rf"{who}: lengths must be whole numbers, got "
        refuses(lambda wrong=wrong: call(wrong), TypeError, words)


def refuse_all_of_a_cell(cell: Cell) -> None:
    who, x = re.escape(cell._get_name()), random(B, I)
    refuse_wrong_inputs(cell, who, (B, I))
    refuse_wrong_states(lambda state: cell(x, state), cell.initial_state(x))
    refuse_all_of_a_runner(Recurrent(cell), f"Recurrent\\({who}\\)")


def refuse_all_of_a_runner(runner: torch.nn.Module, who: str) -> None:
    x = random(B, T, I)
    refuse_wrong_inputs(runner, who, (B, T, I))
    refuse_wrong_states(lambda state: runner(x, state), runner(x)[1])
    refuse_wrong_lengths(lambda lengths: runner(x, None, lengths), who)
