"""From a sequence to one answer, by the mean over time."""

from jaxtyping import Float
from torch import Tensor

from seqgraph.recurrent.read_out import ReadOut


class MeanOutput(ReadOut):
    r"""A linear read-out of the mean over time (按时间进行平均) of a sequence's outputs.

    .. math:: y = V \Big(\frac{1}{T} \sum_{t=1}^{T} h_t\Big) + b

    h_t is the runner's output at step t, and T the sequence's own length: padding is not counted.

    Shape:
        x ``[B, T, I]``; y ``[B, C]``.

    Args:
        runner: a runner of this library, or a batch-first ``torch.nn`` RNN, GRU or LSTM.
        output_size: C, numbers in one answer, at least 1.

    Example:
        >>> import torch
        >>> from seqgraph.recurrent import Recurrent, SRNCell
        >>> MeanOutput(Recurrent(SRNCell(2, 8)), output_size=3)(torch.zeros(4, 10, 2), [10, 3, 1, 7]).shape
        torch.Size([4, 3])
    """

    def forward(
        self, x: Float[Tensor, "B T I"], lengths: Tensor | list[int] | None = None
    ) -> Float[Tensor, "B C"]:
        outputs, present = self.outputs(x, lengths)
        steps = x.shape[1] if present is None else present.sum(1, keepdim=True)
        return self.V(outputs.sum(1) / steps)
