"""What the implicit gradient costs against unrolling: time and memory of one forward and backward pass.

Run by `make bench`. Both find the same states with the same number of steps and take turns, so that whatever
else the machine does hits both. Times are of the processor; a ratio of 2 means that unrolling takes twice as
long. Bytes are those of the whole pass at its highest, and those that the backward pass waits for.
"""

import argparse
import sys
from time import process_time

import torch
from torch import Tensor

from seqgraph.diagnostics import peak_bytes, saved_bytes
from seqgraph.graphs import FixedPointGNN

SIZES = {"N=750 E=2,250 H=8": (750, 3, 8), "N=6,000 E=18,000 H=32": (6000, 3, 32)}
BOUNDS = (0.5, 0.9, 0.97)


def random_graph(nodes: int, edges_a_node: int) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(0)
    edge_index = torch.randint(nodes, (2, edges_a_node * nodes), generator=generator)
    return torch.randn(nodes, 4, generator=generator), edge_index


def implicit(gnn: FixedPointGNN, x: Tensor, edge_index: Tensor) -> Tensor:
    return gnn(x, edge_index).square().sum()


def unrolled(gnn: FixedPointGNN, x: Tensor, edge_index: Tensor, steps: int) -> Tensor:
    U, projected = gnn.contraction(), gnn.project(x, edge_index)
    h = x.new_zeros(len(x), gnn.hidden_size)
    for _ in range(steps):
        h = gnn.step(h, U, projected, edge_index)
    return h.square().sum()


def seconds(compute) -> float:
    start = process_time()
    compute().backward()
    return process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(f"torch {torch.__version__}, one thread, {options.repeats} repeats, float32, tolerance 1e-6")
    print(
        f"{'':24}{'bound':>6}{'steps':>6}{'ms implicit':>12}{'ms unrolled':>12}{'ratio':>7}"
        f"{'MB peak':>9}{'unrolled':>9}{'MB saved':>9}{'unrolled':>9}"
    )
    for size, (nodes, edges_a_node, hidden) in SIZES.items():
        x, edge_index = random_graph(nodes, edges_a_node)
        for bound in BOUNDS:
            torch.manual_seed(0)
            gnn = FixedPointGNN(4, hidden, bound=bound, most=2000)
            with torch.no_grad():
                gnn.U.abs_().mul_(4)  # as far as the bound lets it, and nothing cancels
                gnn.W.weight.mul_(0.1)  # where tanh is nearly straight: the bound is felt
                steps = gnn.solve(x, edge_index).steps
            report(size, bound, steps, gnn, (x, edge_index), options.repeats)


def report(size: str, bound: float, steps: int, gnn: FixedPointGNN, graph: tuple, repeats: int) -> None:
    ways = (lambda: implicit(gnn, *graph), lambda: unrolled(gnn, *graph, steps))
    for way in ways:
        seconds(way)
    times = zip(*[[seconds(way) for way in ways] for _ in range(repeats)], strict=True)
    mine, yours = (min(column) for column in times)
    peak = [peak_bytes(lambda way=way: way().backward()) / 1e6 for way in ways]
    saved = [saved_bytes(way, besides=[*gnn.parameters(), *graph]) / 1e6 for way in ways]
    print(
        f"{size:24}{bound:6.2f}{steps:6}{mine * 1e3:12.1f}{yours * 1e3:12.1f}{yours / mine:7.2f}"
        f"{peak[0]:9.2f}{peak[1]:9.2f}{saved[0]:9.2f}{saved[1]:9.2f}"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
