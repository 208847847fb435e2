"""How fast our runners are, as a ratio to torch.nn, measured side by side in one run.

Run by `make bench`. Ours and torch's take turns, so that whatever else the machine does hits both.
A ratio of 3 means that ours takes three times as long. Read ratios as plus or minus a quarter.
"""

import argparse
import statistics
import sys
from time import perf_counter

import torch
from torch import nn

from seqgraph.recurrent import (
    CoupledLSTMCell,
    GRUResetAfterCell,
    LSTMCell,
    NoForgetLSTMCell,
    PeepholeLSTMCell,
    Recurrent,
    SRNCell,
)

SIZES = {
    "B=64 T=100 I=2 H=32": (64, 100, 2, 32),
    "B=32 T=100 I=32 H=64": (32, 100, 32, 64),
    "B=32 T=100 I=64 H=256": (32, 100, 64, 256),
}
PAIRS = {
    "SRNCell": (SRNCell, nn.RNN),
    "GRUResetAfterCell": (GRUResetAfterCell, nn.GRU),
    "LSTMCell": (LSTMCell, nn.LSTM),
    "NoForgetLSTMCell (against LSTM)": (NoForgetLSTMCell, nn.LSTM),
    "CoupledLSTMCell (against LSTM)": (CoupledLSTMCell, nn.LSTM),
    "PeepholeLSTMCell (against LSTM)": (PeepholeLSTMCell, nn.LSTM),
}


def seconds(module: nn.Module, x: torch.Tensor, backward: bool) -> float:
    start = perf_counter()
    outputs, _ = module(x)
    if backward:
        outputs.sum().backward()
    return perf_counter() - start


def compare(
    ours: nn.Module, theirs: nn.Module, x: torch.Tensor, backward: bool, repeats: int
) -> list[tuple[float, float]]:
    seconds(ours, x, backward), seconds(theirs, x, backward)
    return [(seconds(ours, x, backward), seconds(theirs, x, backward)) for _ in range(repeats)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    print(f"torch {torch.__version__}, {options.device}, one thread, {options.repeats} repeats")
    print(f"{'':34}{'':24}{'ms ours':>9}{'ms torch':>10}{'ratio of minima':>17}{'of medians':>12}")
    for size, (batch, steps, inputs, hidden) in SIZES.items():
        x = torch.rand(batch, steps, inputs, device=options.device)
        for name, (cell, module) in PAIRS.items():
            for label, backward in (("forward", False), ("forward + backward", True)):
                ours = Recurrent(cell(inputs, hidden)).to(options.device)
                theirs = module(inputs, hidden, batch_first=True).to(options.device)
                report(name, size, label, compare(ours, theirs, x, backward, options.repeats))


def report(name: str, size: str, label: str, timings: list[tuple[float, float]]) -> None:
    mine, yours = zip(*timings, strict=True)
    least, median = min(mine) / min(yours), statistics.median(mine) / statistics.median(yours)
    times = f"{min(mine) * 1e3:9.1f}{min(yours) * 1e3:10.1f}{least:17.1f}{median:12.1f}"
    print(f"{name:34}{label:20}{times}   {size}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
