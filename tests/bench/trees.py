"""How much level batching saves: 64 trees level by level against node by node, side by side in one run.

Run by `make bench BENCH=trees`. Both compute the same outputs and gradients with the same cell; node by node
is the recursion of the textbooks, one node a step and one tree after the other. They take turns, in processor
seconds.
"""

import argparse
import statistics
import sys
from time import process_time

import torch
from torch import Tensor, nn

from seqgraph.core import map_state
from seqgraph.structures import Forest
from seqgraph.trees import Children, ChildSumLSTMCell, NaryLSTMCell, Recursive, RecursiveCell

TREES, INPUTS, HIDDEN = 64, 16, 48
LEAST = 30  # times as fast; what falls below is told


def random_tree(depth: int, generator: torch.Generator) -> list[int]:
    """The parents of a random binary tree as deep as asked, in preorder."""
    parents = []

    def grow(parent: int, left: int) -> None:
        node = len(parents)
        parents.append(parent)
        if left == 0:
            return
        full = int(torch.randint(2, (1,), generator=generator))  # the side that goes on to the full depth
        for side in range(2):
            other = int(torch.randint(left, (1,), generator=generator))
            grow(node, left - 1 if side == full else other)

    grow(-1, depth)
    return parents


def node_by_node(cell: nn.Module, x: Tensor, forest: Forest) -> Tensor:
    """The outputs of all nodes, each computed on its own as soon as its children are."""
    children = [[] for _ in range(forest.num_nodes)]
    for child, parent in forest.edge_index.t().tolist():
        children[parent].append(child)
    states = [None] * forest.num_nodes

    def visit(node: int) -> None:
        below = children[node]
        for child in below:
            visit(child)
        arrived = None
        if below:
            state = map_state(lambda *parts: torch.cat(parts), *(states[child] for child in below))
            arrived = Children(state, torch.zeros(len(below), dtype=torch.int64), torch.arange(len(below)))
        states[node] = cell.step(cell.project(x[node : node + 1]), arrived)

    for root in forest.roots.tolist():
        visit(root)
    return torch.cat([state.h for state in states])


def seconds(run, cell: nn.Module, x: Tensor) -> float:
    cell.zero_grad()
    start = process_time()
    run().sum().backward()
    return process_time() - start


def compare(cell: nn.Module, parents: list[list[int]], repeats: int) -> list[tuple[float, float]]:
    """Seconds of forward and backward, by levels (making the forest each time) and by nodes."""
    forest = Forest.from_parents(parents)
    x = torch.randn(forest.num_nodes, INPUTS)
    runner = Recursive(cell)
    gap = (runner(x, forest)[0] - node_by_node(cell, x, forest)).abs().max().item()
    assert gap <= 1e-5, f"the two differ by {gap}"

    def levels() -> Tensor:
        return runner(x, Forest.from_parents(parents))[0]

    def nodes() -> Tensor:
        return node_by_node(cell, x, forest)

    return [(seconds(levels, cell, x), seconds(nodes, cell, x)) for _ in range(repeats)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(0)
    print(f"torch {torch.__version__}, one thread, {options.repeats} repeats, {TREES} trees, hidden {HIDDEN}")
    print(f"{'':24}{'nodes':>7}{'ms levels':>11}{'ms nodes':>10}{'ratio of minima':>17}{'of medians':>12}")
    slow = []
    for depth in (4, 8):
        parents = [random_tree(depth, generator) for _ in range(TREES)]
        for kind in (RecursiveCell, NaryLSTMCell, ChildSumLSTMCell):
            timings = compare(kind(INPUTS, HIDDEN), parents, options.repeats)
            slow += (
                [kind.__name__]
                if report(kind.__name__, depth, sum(map(len, parents)), timings) < LEAST
                else []
            )
    if slow:
        print(f"below {LEAST} times as fast: {slow}")


def report(name: str, depth: int, nodes: int, timings: list[tuple[float, float]]) -> float:
    levels, plain = zip(*timings, strict=True)
    least, median = min(plain) / min(levels), statistics.median(plain) / statistics.median(levels)
    times = f"{nodes:7}{min(levels) * 1e3:11.1f}{min(plain) * 1e3:10.1f}{least:17.0f}{median:12.0f}"
    print(f"{name:17} depth {depth}{times}")
    sys.stdout.flush()
    return least


if __name__ == "__main__":
    main()
