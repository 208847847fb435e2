"""The recursion as the papers print it: node by node, child by child; only the weights are the library's."""

import torch
from torch import Tensor

from seqgraph.trees import ChildSumLSTMCell, NaryLSTMCell, RecursiveCell

CELLS = {
    "RecursiveCell": lambda: RecursiveCell(3, 4, arity=3),
    "NaryLSTMCell": lambda: NaryLSTMCell(3, 4, arity=3),
    "ChildSumLSTMCell": lambda: ChildSumLSTMCell(3, 4),
}
# Trees of at most three children a node, with numbers that say nothing about their shape.
TREES = [
    [3, 2, 3, -1, 3],
    [-1],
    [1, -1, 0],
    [6, 0, 0, 6, 3, 6, -1],
    [-1, 0, 1, 2, 3, 4, 0, 0],
    [2, 2, 4, 4, 6, 6, -1, 8, 6, 8, 9],
]


def recursion(cell, x: Tensor, parents: list[int]) -> tuple[Tensor, ...]:
    """(h,) or (h, c) of all nodes of one tree."""
    state = {
        RecursiveCell: _recursive,
        NaryLSTMCell: _nary,
        ChildSumLSTMCell: _child_sum,
    }[type(cell)]
    made = {}

    def visit(node: int) -> None:
        below = [child for child, parent in enumerate(parents) if parent == node]
        for child in below:
            visit(child)
        made[node] = state(cell, x[node], [made[child] for child in below])

    visit(parents.index(-1))
    return tuple(torch.stack([made[v][part] for v in range(len(parents))]) for part in range(len(made[0])))


def _recursive(cell, x: Tensor, below: list) -> tuple[Tensor]:
    H = cell.hidden_size
    a = cell.W.weight @ x + cell.W.bias
    for k, (h,) in enumerate(below):
        a = a + cell.U.weight[:, k * H : (k + 1) * H] @ h
    return (torch.tanh(a),)


def _nary(cell, x: Tensor, below: list) -> tuple[Tensor, Tensor]:
    H, K = cell.hidden_size, cell.arity
    W, b = cell.W.weight.view(4, H, -1), cell.W.bias.view(4, H)
    U = cell.U.weight.view(3 + K, H, K, H)

    def gate(name: str, k: int = 0) -> Tensor:
        row = {"i": 0, "f": 1, "g": 2, "o": 3}[name]
        block = {"i": 0, "f": 1 + k, "g": 1 + K, "o": 2 + K}[name]
        return W[row] @ x + b[row] + sum(U[block, :, m] @ h for m, (h, _) in enumerate(below))

    c = torch.sigmoid(gate("i")) * torch.tanh(gate("g"))
    for k, (_, c_k) in enumerate(below):
        c = c + torch.sigmoid(gate("f", k)) * c_k
    return torch.sigmoid(gate("o")) * torch.tanh(c), c


def _child_sum(cell, x: Tensor, below: list) -> tuple[Tensor, Tensor]:
    H = cell.hidden_size
    (W_i, W_f, W_g, W_o), (b_i, b_f, b_g, b_o) = cell.W.weight.view(4, H, -1), cell.W.bias.view(4, H)
    (U_i, U_g, U_o), U_f = cell.U.weight.view(3, H, H), cell.U_f.weight
    total = sum((h for h, _ in below), torch.zeros(H, dtype=x.dtype))
    i = torch.sigmoid(W_i @ x + U_i @ total + b_i)
    g = torch.tanh(W_g @ x + U_g @ total + b_g)
    o = torch.sigmoid(W_o @ x + U_o @ total + b_o)
    c = i * g
    for h, c_k in below:
        c = c + torch.sigmoid(W_f @ x + U_f @ h + b_f) * c_k
    return o * torch.tanh(c), c
