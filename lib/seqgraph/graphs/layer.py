"""What graph layers with weights share: sizes, checks, and copies of PyG's layers."""

import torch
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_dtype, expect_size
from seqgraph.graphs.message_passing import MessagePassing, expect_graph


class GraphLayer(MessagePassing):
    """Messages with weights, ``[N, I]`` to ``[N, O]``."""

    def __init__(self, input_size: int, output_size: int):
        super().__init__()
        self.input_size = expect_size(self._get_name(), "input_size", input_size)
        self.output_size = expect_size(self._get_name(), "output_size", output_size)

    def check(self, x: Tensor, edge_index: Tensor) -> Tensor:
        """The nodes in the dtype of the weights, or an error that says what does not fit."""
        who, size = self._get_name(), self.input_size
        expect(who, "x", x, ("N*", size), f"input_size={size}")
        x = expect_dtype(who, "x", x, next(self.parameters()).dtype)
        expect_graph(who, x, edge_index)
        return x

    def check_edges(
        self, name: str, e: Tensor, edge_index: Tensor, *rest: int
    ) -> Tensor:
        """The rows of these sizes, one an edge, in the dtype of the weights, or an error."""
        who, edges = self._get_name(), edge_index.shape[1]
        expect(who, name, e, (edges, *rest), "one row an edge")
        return expect_dtype(who, name, e, next(self.parameters()).dtype)

    def adds_up(self) -> bool:
        return self._uses(GraphLayer.message, MessagePassing.aggregate)

    def message(self, x_i: Tensor | None, x_j: Tensor, e: Tensor | None) -> Tensor:
        """What the sender has, times the weight of the edge if there is one."""
        return x_j if e is None else e.reshape(-1, *[1] * (x_j.dim() - 1)) * x_j

    def extra_repr(self) -> str:
        return f"{self.input_size}, {self.output_size}"


def make_bias(size: int, bias: bool) -> nn.Parameter | None:
    return nn.Parameter(torch.zeros(size)) if bias else None


def make_linear(input_size: int, output_size: int, bias: bool = False) -> nn.Linear:
    """A linear map drawn as Glorot and Bengio do, its bias 0."""
    linear = nn.Linear(input_size, output_size, bias)
    nn.init.xavier_uniform_(linear.weight)
    if bias:
        nn.init.zeros_(linear.bias)
    return linear


def expect_pyg(who: str, module: nn.Module, kind: str, **options: object) -> None:
    """Raise unless a module is PyG's layer of this name, with those options that ours has too."""
    name = type(module).__name__
    if name != kind or not type(module).__module__.startswith("torch_geometric."):
        raise TypeError(f"{who}.from_pyg: module must be PyG's {kind}, got {name}.")
    for option, wanted in (
        {"aggr": "add", "flow": "source_to_target"} | options
    ).items():
        came = getattr(module, option)
        if ("add" if came == "sum" else came) != wanted:
            raise ValueError(
                f"{who}.from_pyg: module must have {option}={wanted!r}, got {came!r}."
            )
    if not isinstance(getattr(module, "in_channels", 0), int):
        raise ValueError(
            f"{who}.from_pyg: module must have one size of input,"
            f" got in_channels={module.in_channels}."
        )


def copy_weights(pairs: list[tuple[Tensor | None, Tensor | None]]) -> None:
    """Copy the second of each pair into the first; both are None where there is no bias."""
    with torch.no_grad():
        for own, theirs in pairs:
            if own is not None:
                own.copy_(theirs)
