"""From a sequence to one answer."""

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.recurrent.read_out import ReadOut


class LastOutput(ReadOut):
    r"""A linear read-out of the last output of a sequence (sequence to class, 序列到类别模式).

    .. math:: y = V h_T + b

    h_T is the runner's output at the last step of each sequence.

    Shape:
        x ``[B, T, I]``; y ``[B, C]``.

    Args:
        runner: a runner of this library, or a batch-first ``torch.nn`` RNN, GRU or LSTM.
        output_size: C, numbers in one answer, at least 1.

    Example:
        >>> from seqgraph.recurrent import GRUCell, Recurrent
        >>> LastOutput(Recurrent(GRUCell(2, 8)), output_size=1)(torch.zeros(4, 10, 2)).shape
        torch.Size([4, 1])
    """

    def forward(
        self, x: Float[Tensor, "B T I"], lengths: Tensor | list[int] | None = None
    ) -> Float[Tensor, "B C"]:
        outputs, present = self.outputs(x, lengths)
        if present is None:
            return self.V(outputs[:, -1])
        return self.V(
            outputs[torch.arange(len(x), device=x.device), present.sum(1) - 1]
        )
