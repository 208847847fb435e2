"""From a sequence to one answer a step."""

from jaxtyping import Float
from torch import Tensor

from seqgraph.recurrent.read_out import ReadOut


class EveryOutput(ReadOut):
    r"""A linear read-out of each output of a sequence (synchronous, 同步的序列到序列模式).

    .. math:: y_t = V h_t + b, \qquad t = 1, \ldots, T

    h_t is the runner's output at step t. Past the end of a sequence the answer is zero.

    Shape:
        x ``[B, T, I]``; y ``[B, T, C]``.

    Args:
        runner: a runner of this library, or a batch-first ``torch.nn`` RNN, GRU or LSTM.
        output_size: C, numbers in one answer, at least 1.

    Example:
        >>> import torch
        >>> from seqgraph.recurrent import Recurrent, SRNCell
        >>> EveryOutput(Recurrent(SRNCell(2, 8)), output_size=4)(torch.zeros(3, 10, 2)).shape
        torch.Size([3, 10, 4])
    """

    def forward(
        self, x: Float[Tensor, "B T I"], lengths: Tensor | list[int] | None = None
    ) -> Float[Tensor, "B T C"]:
        outputs, present = self.outputs(x, lengths)
        answers = self.V(outputs)
        return (
            answers
            if present is None
            else answers.where(present[..., None], answers.new_zeros(()))
        )
