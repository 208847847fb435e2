"""From a sequence to one answer."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.shapes import expect, expect_dtype, expect_size
from seqgraph.recurrent.lengths import present_steps


class LastOutput(nn.Module):
    r"""A linear read-out of the last output of a sequence (sequence to class, 序列到类别模式).

    .. math:: y = V h_T + b

    Where:
        h_T is the runner's output at the last step of each sequence.

    Shape:
        x ``[B, T, I]``; y ``[B, C]``.

    Args:
        runner: a runner of this library, or a batch-first ``torch.nn`` RNN, GRU or LSTM.
        output_size: C, numbers in the answer, at least 1.

    Raises:
        ValueError: output_size is below 1, or a length is below 1 or above T.
        ShapeError: x or lengths has the wrong shape, or there are no steps.
        TypeError: ``runner`` is not a runner, x has another dtype than the weights, or lengths come with a
            ``torch.nn`` runner.

    Source:
        this course

    Example:
        >>> import torch
        >>> from seqgraph.recurrent import GRUCell, Recurrent
        >>> LastOutput(Recurrent(GRUCell(2, 8)), output_size=1)(torch.zeros(4, 10, 2)).shape
        torch.Size([4, 1])
    """

    def __init__(self, runner: nn.Module, output_size: int):
        super().__init__()
        self.runner = runner
        self.V = nn.Linear(_width(runner), expect_size("LastOutput", "output_size", output_size))

    def forward(
        self, x: Float[Tensor, "B T I"], lengths: Tensor | list[int] | None = None
    ) -> Float[Tensor, "B C"]:
        size = self.runner.input_size
        expect("LastOutput", "x", x, ("B", "T", size), f"input_size={size}")
        expect_dtype("LastOutput", "x", x, self.V.weight.dtype)
        if lengths is None:
            return self.V(self.runner(x)[0][:, -1])
        if isinstance(self.runner, nn.RNNBase):
            raise TypeError("LastOutput: lengths need a runner of this library, got a torch.nn one.")
        present = present_steps("LastOutput", x, lengths)
        outputs, _ = self.runner(x, None, lengths)
        return self.V(outputs[torch.arange(len(x), device=x.device), present.sum(1) - 1])


def _width(runner: nn.Module) -> int:
    if hasattr(runner, "input_size") and hasattr(runner, "output_size"):
        return runner.output_size
    if isinstance(runner, nn.RNNBase) and runner.batch_first:
        return (runner.proj_size or runner.hidden_size) * (2 if runner.bidirectional else 1)
    raise TypeError(
        f"LastOutput: runner must be a runner or a batch-first torch.nn RNN, got {type(runner).__name__}."
    )
