"""What a graph layer costs against PyG's: time of one forward and backward pass to input and weights.

Run by `make bench`. Both have the same weights, find the same numbers and take turns, so that whatever else
the machine does hits both. Times are of the processor; a ratio of 2 means that ours takes twice as long. The
graph is random, without self-loops. Ratios are good to about 30 %.
"""

import argparse
import statistics
import sys
from time import process_time

import torch
from torch import Tensor, nn
from torch_geometric import nn as pyg

from seqgraph.graphs import ChebConv, GATConv, GCNConv

NODES, EDGES, WIDTH = 10_000, 100_000, 64
LAYERS = {
    "GCN 64 -> 64": (GCNConv, lambda: pyg.GCNConv(WIDTH, WIDTH)),
    "GCN 256 -> 32": (GCNConv, lambda: pyg.GCNConv(256, 32)),
    "GAT 64 -> 8 heads of 8": (GATConv, lambda: pyg.GATConv(WIDTH, 8, heads=8)),
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
    start = process_time()
    layer(x, edge_index).square().sum().backward()
    spent = process_time() - start
    x.grad = None
    layer.zero_grad()
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=7)
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(f"torch {torch.__version__}, one thread, {options.repeats} repeats, float32")
    print(f"{NODES} nodes, {EDGES} edges; ms of a processor, smallest and median")
    print(f"{'':24}{'ours':>8}{'median':>8}{'PyG':>8}{'median':>8}{'ratio':>8}{'median':>8}")
    for name, (kind, make) in LAYERS.items():
        torch.manual_seed(0)
        theirs = make()
        report(name, kind.from_pyg(theirs), theirs, options.repeats)


def report(name: str, ours: nn.Module, theirs: nn.Module, repeats: int) -> None:
    graph = random_graph(NODES, EDGES, ours.input_size)
    with torch.no_grad():
        apart = float((ours(*graph) - theirs(*graph)).abs().max())
    assert apart < CLOSE, f"{name}: {apart}"
    for layer in (ours, theirs):
        seconds(layer, *graph)
    times = [(seconds(ours, *graph), seconds(theirs, *graph)) for _ in range(repeats)]
    mine, yours = zip(*times, strict=True)
    best, middle = (min(mine), min(yours)), (statistics.median(mine), statistics.median(yours))
    row = [best[0] * 1e3, middle[0] * 1e3, best[1] * 1e3, middle[1] * 1e3]
    print(
        f"{name:24}{''.join(f'{ms:8.1f}' for ms in row)}{best[0] / best[1]:8.2f}{middle[0] / middle[1]:8.2f}"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
