"""What a graph layer costs against PyG's: time of one forward and backward pass to input and weights.

Run by `make bench`. Both have the same weights, find the same numbers and take turns, so that whatever else
the machine does hits both. Times on a CPU are of the processor. A speed of 2 means that ours takes half the
time. The graph is random, without self-loops, and stays the same, as in training. Speeds are good to about
30 %.
"""

import argparse
import statistics
import sys
from time import perf_counter, process_time

import torch
from torch import Tensor, nn
from torch_geometric import nn as pyg

from seqgraph.graphs import ChebConv, GATConv, GATv2Conv, GCNConv, GINConv

SIZES = [(100, 1_000), (1_000, 10_000), (10_000, 100_000)]  # nodes, edges
WIDTH = 64
LAYERS = {
    "GCN 64 -> 64": (GCNConv, lambda: pyg.GCNConv(WIDTH, WIDTH)),
    "GCN 256 -> 32": (GCNConv, lambda: pyg.GCNConv(256, 32)),
    "GIN 64 -> 64": (GINConv, lambda: pyg.GINConv(nn.Linear(WIDTH, WIDTH))),
    "GAT 64 -> 8 heads of 8": (GATConv, lambda: pyg.GATConv(WIDTH, 8, heads=8)),
    "GATv2 64 -> 8 heads of 8": (GATv2Conv, lambda: pyg.GATv2Conv(WIDTH, 8, heads=8)),
    "Cheb 64 -> 64, order 3": (ChebConv, lambda: pyg.ChebConv(WIDTH, WIDTH, K=4)),
}
CLOSE = 1e-4  # float32


def random_graph(nodes: int, edges: int, width: int) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(0)
    sender = torch.randint(nodes, (edges,), generator=generator)
    apart = torch.randint(1, nodes, (edges,), generator=generator)
    x = torch.randn(nodes, width, generator=generator)
    return x.requires_grad_(), torch.stack([sender, (sender + apart) % nodes])


def seconds(layer: nn.Module, x: Tensor, edge_index: Tensor) -> float:
    clock = perf_counter if x.is_cuda else process_time
    finish = torch.cuda.synchronize if x.is_cuda else lambda: None
    finish()
    start = clock()
    layer(x, edge_index).square().sum().backward()
    finish()
    spent = clock() - start
    x.grad = None
    layer.zero_grad()
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(f"torch {torch.__version__}, {options.device}, one thread, {options.repeats} repeats, float32, ms")
    for nodes, edges in SIZES:
        print(f"{f'{nodes} nodes, {edges} edges':26}{'ours':>8}{'median':>8}{'PyG':>8}{'median':>8}", end="")
        print(f"{'speed':>8}{'median':>8}")
        for name, (kind, make) in LAYERS.items():
            torch.manual_seed(0)
            theirs = make().to(options.device)
            x, edge_index = random_graph(nodes, edges, inputs(theirs))
            graph = x.detach().to(options.device).requires_grad_(), edge_index.to(options.device)
            report(name, kind.from_pyg(theirs), theirs, graph, options.repeats)


def inputs(layer: nn.Module) -> int:
    return getattr(layer, "in_channels", WIDTH)


def report(name: str, ours: nn.Module, theirs: nn.Module, graph: tuple[Tensor, Tensor], repeats: int) -> None:
    with torch.no_grad():
        one, other = ours(*graph), theirs(*graph)
        apart = float((one - other).abs().max() / other.abs().max())
    assert apart < CLOSE, f"{name}: {apart}"
    for layer in (ours, theirs):
        seconds(layer, *graph)
    times = [(seconds(ours, *graph), seconds(theirs, *graph)) for _ in range(repeats)]
    mine, yours = zip(*times, strict=True)
    best, middle = (min(mine), min(yours)), (statistics.median(mine), statistics.median(yours))
    row = [best[0] * 1e3, middle[0] * 1e3, best[1] * 1e3, middle[1] * 1e3]
    speeds = best[1] / best[0], middle[1] / middle[0]
    print(f"{name:26}{''.join(f'{ms:8.1f}' for ms in row)}{speeds[0]:8.2f}{speeds[1]:8.2f}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
