"""What the read-outs share: the width of a runner, its outputs, and which steps are there."""

from jaxtyping import Bool, Float
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_dtype, expect_size
from seqgraph.core.lengths import present_steps


class ReadOut(nn.Module):
    """A runner and a linear layer ``V`` for its outputs; each subclass says what ``V`` is given.

    Raises:
        ValueError: output_size is below 1, or a length is below 1 or above T.
        ShapeError: x or lengths has the wrong shape, or there are no steps.
        TypeError: ``runner`` is not a runner, x has another dtype than the weights, or lengths come with a
            ``torch.nn`` runner.
    """

    def __init__(self, runner: nn.Module, output_size: int):
        super().__init__()
        who = type(self).__name__
        self.runner = runner
        self.V = nn.Linear(
            _width(who, runner), expect_size(who, "output_size", output_size)
        )

    def outputs(
        self, x: Float[Tensor, "B T I"], lengths: Tensor | list[int] | None
    ) -> tuple[Float[Tensor, "B T H"], Bool[Tensor, "B T"] | None]:
        """The runner's outputs, zero past the ends, and which steps are there; None where all are."""
        who, size = type(self).__name__, self.runner.input_size
        expect(who, "x", x, ("B", "T", size), f"input_size={size}")
        expect_dtype(who, "x", x, self.V.weight.dtype)
        if lengths is None:
            return self.runner(x)[0], None
        if isinstance(self.runner, nn.RNNBase):
            raise TypeError(
                f"{who}: lengths need a runner of this library, got a torch.nn one."
            )
        present = present_steps(who, x, lengths)
        return self.runner(x, None, lengths)[0], present


def _width(who: str, runner: nn.Module) -> int:
    if hasattr(runner, "input_size") and hasattr(runner, "output_size"):
        return runner.output_size
    if isinstance(runner, nn.RNNBase) and runner.batch_first:
        return (runner.proj_size or runner.hidden_size) * (
            2 if runner.bidirectional else 1
        )
    came = type(runner).__name__
    raise TypeError(
        f"{who}: runner must be a runner or a batch-first torch.nn RNN, got {came}."
    )
