"""AdaGrad: a learning rate for each parameter that only ever falls."""

from collections.abc import Iterable

from torch import Tensor

from seqgraph.optim.squared_gradients import SquaredGradients


class AdaGrad(SquaredGradients):
    r"""AdaGrad: divide each gradient by the root of the sum of all its squares so far.

    .. math::
        r &\leftarrow r + g \odot g \\
        \theta &\leftarrow \theta - \frac{\epsilon}{\delta + \sqrt{r}} \odot g

    g is the gradient of the loss; r starts at zero. The first step of each number is almost exactly epsilon.

    Args:
        params: theta, the parameters, or dictionaries of them with an lr and delta of their own.
        lr: epsilon, the learning rate, above 0.
        delta: the small number outside the root, above 0.

    Source:
        [duchi2011adaptive]

    Differs:
        torch.optim.Adagrad calls delta ``eps``, with 1e-10 as its default.

    Example:
        >>> import torch
        >>> theta = torch.nn.Parameter(torch.ones(2))
        >>> theta.grad = torch.tensor([100.0, 0.01])
        >>> AdaGrad([theta], lr=0.1).step()
        >>> [round(value, 3) for value in theta.tolist()]
        [0.9, 0.9]
    """

    def __init__(self, params: Iterable, lr: float, delta: float = 1e-7):
        super().__init__(params, {"lr": lr, "delta": delta})

    def update(self, theta: Tensor, g: Tensor, r: Tensor, group: dict) -> None:
        r.addcmul_(g, g)
        theta.addcdiv_(g, r.sqrt().add_(group["delta"]), value=-group["lr"])
