"""RMSProp: AdaGrad that forgets."""

from collections.abc import Iterable

from torch import Tensor

from seqgraph.core.expect import expect_number
from seqgraph.optim.squared_gradients import SquaredGradients


class RMSProp(SquaredGradients):
    r"""RMSProp: divide each gradient by the root of a moving average of its squares.

    .. math::
        r &\leftarrow \rho\, r + (1 - \rho)\, g \odot g \\
        \theta &\leftarrow \theta - \frac{\epsilon}{\sqrt{\delta + r}} \odot g

    g is the gradient of the loss; r starts at zero.

    Args:
        params: theta, the parameters, or dictionaries of them with an lr, rho and delta of their own.
        lr: epsilon, the learning rate, above 0.
        rho: the share of the history that stays at each step, from 0 to below 1.
        delta: the small number inside the root, above 0.

    Source:
        [tieleman2012rmsprop], with delta inside the root as in [goodfellow2016deep], algorithm 8.5

    Differs:
        torch.optim.RMSprop adds its ``eps`` outside the root, sqrt(r) + 1e-8, and calls rho ``alpha``, with
        0.99 as its default. Where r is 0 the divisor is 1e-3 here and 1e-8 there.

    Example:
        >>> import torch
        >>> theta = torch.nn.Parameter(torch.tensor([1.0]))
        >>> theta.grad = torch.tensor([2.0])
        >>> RMSProp([theta], lr=0.1, rho=0.75).step()  # r = 0.25 * 2 * 2 = 1, so the step is 0.1 * 2 / 1
        >>> round(theta.item(), 4)
        0.8
    """

    def __init__(
        self, params: Iterable, lr: float, rho: float = 0.9, delta: float = 1e-6
    ):
        super().__init__(params, {"lr": lr, "rho": rho, "delta": delta})

    def check(self, group: dict) -> None:
        super().check(group)
        expect_number(self._name(), "rho", group["rho"], least=0, below=1)

    def update(self, theta: Tensor, g: Tensor, r: Tensor, group: dict) -> None:
        r.mul_(group["rho"]).addcmul_(g, g, value=1 - group["rho"])
        theta.addcdiv_(g, (r + group["delta"]).sqrt_(), value=-group["lr"])
