"""Recurrent networks against torch.nn with the same weights: outputs, last states and all gradients."""

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from seqgraph.core import state_tensors
from seqgraph.recurrent import Bidirectional, Recurrent, Stack
from tests.checks.numbers import fill, flip_each, random

B, T, I, H = 4, 6, 3, 5
LENGTHS = [3, 6, 1, 4]

CONFIGURATIONS = {
    "plain": {},
    "without bias": {"bias": False},
    "reversed": {"reverse": True},
    "lengths": {"lengths": LENGTHS},
    "reversed, lengths": {"reverse": True, "lengths": LENGTHS},
    "2 layers": {"layers": 2},
    "3 layers, lengths": {"layers": 3, "lengths": LENGTHS},
    "bidirectional": {"directions": 2},
    "bidirectional, lengths": {"directions": 2, "lengths": LENGTHS},
    "2 bidirectional layers, lengths, without bias": {
        "layers": 2,
        "directions": 2,
        "lengths": LENGTHS,
        "bias": False,
    },
}


def oracle_gaps(cell_class: type, torch_class: type, **configuration) -> dict[str, float]:
    """The largest difference in outputs, last state, and the gradients of input, state and weights."""
    layers, directions = configuration.get("layers", 1), configuration.get("directions", 1)
    reverse, lengths = configuration.get("reverse", False), configuration.get("lengths")
    fused = torch_class(
        I,
        H,
        num_layers=layers,
        bias=configuration.get("bias", True),
        bidirectional=directions == 2,
        batch_first=True,
        dtype=torch.float64,
    )
    fill(fused)
    cells = [cell_class.from_torch(fused, n, d == 1) for n in range(layers) for d in range(directions)]
    parts = 2 if torch_class is nn.LSTM else 1
    theirs = _inputs(parts, layers * directions)
    ours = [tensor.detach().clone().requires_grad_() for tensor in theirs]
    their_results = _run_fused(fused, theirs, lengths, reverse)
    our_results = _run_ours(cells, ours, lengths, reverse, directions)
    for results in (their_results, our_results):
        sum((value * random(*value.shape, seed=n)).sum() for n, value in enumerate(results)).backward()
    pairs = dict(zip(["outputs", "h", "c"], zip(their_results, our_results, strict=True), strict=False))
    names = ["grad x", "grad h", "grad c"]
    pairs |= dict(zip(names, [(a.grad, b.grad) for a, b in zip(theirs, ours, strict=True)], strict=False))
    pairs |= _weight_gradients(fused, cells, directions)
    return {name: float((a - b).detach().abs().max()) for name, (a, b) in pairs.items()}


def _inputs(parts: int, rows: int) -> list[Tensor]:
    tensors = [random(B, T, I, seed=7)] + [random(rows, B, H, seed=8 + part) for part in range(parts)]
    return [tensor.requires_grad_() for tensor in tensors]


def _run_fused(
    fused: nn.Module, inputs: list[Tensor], lengths: list[int] | None, reverse: bool
) -> list[Tensor]:
    x, *state = inputs
    whole = lengths or [T] * B
    x = flip_each(x, whole) if reverse else x
    state = state[0] if len(state) == 1 else tuple(state)
    if lengths is not None:
        x = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
    outputs, last = fused(x, state)
    if lengths is not None:
        outputs, _ = pad_packed_sequence(outputs, batch_first=True, total_length=T)
    outputs = flip_each(outputs, whole) if reverse else outputs
    return [outputs, *(last if isinstance(last, tuple) else (last,))]


def _run_ours(
    cells: list, inputs: list[Tensor], lengths: list[int] | None, reverse: bool, directions: int
) -> list[Tensor]:
    x, *parts = inputs
    kind = type(cells[0].initial_state(x[:, 0]))
    states = [kind(*(part[n] for part in parts)) for n in range(len(cells))]
    if directions == 2:
        net = Stack([Bidirectional(*pair) for pair in zip(cells[::2], cells[1::2], strict=True)])
        states = list(zip(states[::2], states[1::2], strict=True))
    else:
        net = Stack([Recurrent(cell, reverse) for cell in cells])
    outputs, last = net(x, tuple(states), lengths)
    tensors = state_tensors(last)
    return [outputs, *(torch.stack(tensors[part :: len(parts)]) for part in range(len(parts)))]


def _weight_gradients(fused: nn.Module, cells: list, directions: int) -> dict[str, tuple[Tensor, Tensor]]:
    pairs = {}
    for number, cell in enumerate(cells):
        suffix = f"_l{number // directions}" + ("_reverse" if number % directions else "")
        ours = {"weight_ih": cell.W.weight, "weight_hh": cell.U.weight}
        if fused.bias:
            second = cell.W.bias if cell.U.bias is None else cell.U.bias
            ours |= {"bias_ih": cell.W.bias, "bias_hh": second}
        for name, parameter in ours.items():
            pairs["grad " + name + suffix] = (getattr(fused, name + suffix).grad, parameter.grad)
    return pairs
