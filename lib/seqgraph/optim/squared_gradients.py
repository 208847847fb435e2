"""What AdaGrad and RMSProp share: one history of squared gradients a parameter."""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor
from torch.optim import Optimizer

from seqgraph.core.expect import expect_number


class SquaredGradients(Optimizer):
    """An optimiser whose subclass says how one parameter and its history ``r`` change."""

    def __init__(self, params: Iterable, defaults: dict[str, float]):
        super().__init__(params, defaults)

    def add_param_group(self, param_group: dict) -> None:
        """Add parameters; what the group does not set is as given to the constructor."""
        if isinstance(param_group, dict):
            self.check({**self.defaults, **param_group})
        super().add_param_group(param_group)
        for parameter in self.param_groups[-1]["params"]:
            if not parameter.is_floating_point():
                self.param_groups.pop()
                raise TypeError(
                    f"{self._name()}: parameters must be real numbers, got {parameter.dtype}."
                )

    def check(self, group: dict) -> None:
        """Raise ValueError unless the hyperparameters of a group lie in their ranges."""
        for name in ("lr", "delta"):
            expect_number(self._name(), name, group[name], above=0)

    @torch.no_grad()
    def step(self, closure: Callable | None = None) -> float | Tensor | None:
        """Make one update; a closure computes the loss and its gradients again and is called first."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        pairs = [
            (group, theta) for group in self.param_groups for theta in group["params"]
        ]
        moving = [(group, theta) for group, theta in pairs if theta.grad is not None]
        if any(theta.grad.is_sparse for _, theta in moving):
            raise TypeError(
                f"{self._name()}: gradients must be dense, got a sparse one; use sparse=False."
            )
        for group, theta in moving:
            state = self.state[theta]
            if not state:
                state["r"] = torch.zeros_like(
                    theta, memory_format=torch.preserve_format
                )
            self.update(theta, theta.grad, state["r"], group)
        return loss

    def update(self, theta: Tensor, g: Tensor, r: Tensor, group: dict) -> None:
        """Change a parameter and its history in place."""
        raise TypeError(
            f"{self._name()} is not a whole optimiser: it must define update."
        )

    def _name(self) -> str:
        return type(self).__name__
