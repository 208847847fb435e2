"""Five ways to make one vector of a molecule: mean, max, sum, SortPool, DiffPool, on MUTAG in ten folds.

Each fold is tested once. The number of updates is chosen on the fold after it, which is not trained on; all
else is fixed beforehand. With --copies the networks of the chapter's core are trained for long instead. Run
it with

    python chapters/recursive-and-graph-networks/real/pooling.py            # some minutes on one core
    python chapters/recursive-and-graph-networks/real/pooling.py --copies   # some minutes, needs no file
    python chapters/recursive-and-graph-networks/real/pooling.py --quick    # a check that it runs
"""

import argparse
import copy
import math
import statistics
from collections import Counter

import torch
from mutag import FOLDS, LOOK, folds, interval  # the script beside this one
from torch import Tensor, nn
from tqdm import tqdm

from seqgraph import train
from seqgraph.data import Graphs, graph_copies, mutag
from seqgraph.graphs import (
    GINConv,
    SortPool,
    dense_batch,
    diff_pool,
    max_pool,
    mean_pool,
    sum_pool,
    wl_colours,
)

HIDDEN, CLUSTERS = 16, 4
PLAIN = {"mean": mean_pool, "max": max_pool, "sum": sum_pool}
WAYS = (*PLAIN, "SortPool", "DiffPool")


class Classifier(nn.Module):
    """Two layers of messages that add up, a pool, and a head; for "labels only" a sum and the head."""

    def __init__(self, way: str, inputs: int, rows: int):
        super().__init__()
        self.way = way
        if way != "labels only":
            self.one, self.two = GINConv(block(inputs)), GINConv(block(HIDDEN))
        if way == "DiffPool":
            self.scores, self.after = nn.Linear(HIDDEN, CLUSTERS), block(HIDDEN)
        self.sort = SortPool(rows)
        size = {"SortPool": rows * HIDDEN, "labels only": inputs}.get(way, HIDDEN)
        self.head = nn.Sequential(nn.Linear(size, 32), nn.ReLU(), nn.Linear(32, 1))

    def forward(self, *graphs: Tensor) -> Tensor:
        x, edge_index, y, batch = graphs
        if self.way == "labels only":
            return self.head(sum_pool(x, batch, len(y))).squeeze(1)
        h = self.two(self.one(x, edge_index), edge_index)
        if self.way in PLAIN:
            z = PLAIN[self.way](h, batch, len(y))
        elif self.way == "SortPool":
            z = self.sort(h, batch, len(y)).flatten(1)
        else:
            d = dense_batch(h, edge_index, batch, len(y))
            found = diff_pool(d.x, d.adjacency, self.scores(d.x), d.mask)
            z = self.after(found.x + found.adjacency @ found.x).sum(1)
        return self.head(z).squeeze(1)


def block(inputs: int) -> nn.Module:
    return nn.Sequential(nn.Linear(inputs, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, HIDDEN), nn.ReLU())


def part(graphs: Graphs, chosen: Tensor) -> Graphs:
    """Some of the graphs, as a set of their own."""
    nodes, edges = chosen[graphs.batch], chosen[graphs.batch[graphs.edge_index[0]]]
    return Graphs(
        graphs.x[nodes],
        (nodes.cumsum(0) - 1)[graphs.edge_index[:, edges]],
        graphs.y[chosen],
        (chosen.cumsum(0) - 1)[graphs.batch[nodes]],
    )


def loss(model: nn.Module, *graphs: Tensor) -> Tensor:
    return nn.functional.binary_cross_entropy_with_logits(model(*graphs), graphs[2].to(graphs[0].dtype))


def accuracy(model: nn.Module, graphs: Graphs) -> float:
    return ((train.predict(model, *graphs) > 0) == (graphs.y > 0)).float().mean().item()


def learn(way: str, seed: int, updates: int, seen: Graphs, held: Graphs, test: Graphs) -> tuple[float, int]:
    """The accuracy on the test fold after the number of updates that the validation fold likes best."""
    train.seeded(seed)
    model = Classifier(way, seen.x.shape[1], rows=28)
    adam = torch.optim.Adam(model.parameters(), lr=0.005)
    best, kept, when = math.inf, {}, 0
    for step in train.steps(model, loss, [tuple(seen)] * updates, adam):
        if step.number % LOOK == 0 or step.number == updates:
            logits = train.predict(model, *held)
            now = nn.functional.binary_cross_entropy_with_logits(logits, held.y.to(logits.dtype)).item()
            if now < best:
                best, kept, when = now, copy.deepcopy(model.state_dict()), step.number
    model.load_state_dict(kept)
    return accuracy(model, test), when


def molecules(tested: int, seeds: int, updates: int) -> None:
    """Ten folds of MUTAG."""
    data = mutag()
    data = Graphs(data.x, data.edge_index, data.y, data.batch)  # the kinds of bonds are left out
    fold = folds(data.y, seed=0)
    print(f"{len(data.y)} molecules, {tested} of {FOLDS} folds, {seeds} seeds, up to {updates} updates")
    ways = ("labels only", *WAYS)
    found: dict[str, list[float]] = {"majority": [], **{way: [] for way in ways}}
    stopped: dict[str, list[int]] = {way: [] for way in ways}
    for number in tqdm(range(tested), leave=False):
        held = (number + 1) % FOLDS
        chosen = ((fold != number) & (fold != held), fold == held, fold == number)
        parts = [part(data, which) for which in chosen]
        found["majority"].append(parts[2].y.float().mean().item())  # most of the training part are mutagenic
        for way in ways:
            runs = [learn(way, seed, updates, *parts) for seed in range(seeds)]
            found[way].append(statistics.fmean(accuracy for accuracy, _ in runs))
            stopped[way] += [when for _, when in runs]
    for way, values in found.items():
        apart = [a - b for a, b in zip(values, found["labels only"], strict=True)]
        line = f"{way:12} accuracy {interval(values)}  beyond labels only {interval(apart)}"
        line += f"  median of updates {statistics.median(stopped[way]):.0f}" if way in stopped else ""
        print(line.replace("accuracy +", "accuracy "), flush=True)


def split(seed: int, bases: int = 800) -> tuple[Graphs, Graphs]:
    """Two copies against three: training and test graphs, equal bases on one side."""
    generator = train.seeded(seed)
    made = graph_copies(bases, generator)
    colours = wl_colours(made.edge_index, len(made.x), 5, made.x.argmax(1))
    views: list[list[int]] = [[] for _ in made.y]
    for graph, colour in zip(made.batch.tolist(), colours.tolist(), strict=True):
        views[graph].append(colour)
    kinds = [tuple(sorted(view)) for view in views[::2]]
    drawn, test = Counter(kinds), set()
    for size in (8, 10, 12):
        some = sorted(kind for kind in drawn if len(kind) == size)
        wanted = sum(drawn[kind] for kind in some) / 4
        for i in torch.randperm(len(some), generator=generator).tolist():
            if wanted > 0:
                test.add(some[i])
                wanted -= drawn[some[i]]
    chosen = torch.tensor([kind in test for kind in kinds]).repeat_interleave(2)
    return part(made, ~chosen), part(made, chosen)


def copies(seeds: int, updates: int) -> None:
    """Two copies against three, for long."""
    looks = [max(1, updates // 4), max(1, updates // 2), updates]
    print(f"two copies or three, {seeds} seeds; accuracy after {looks} updates of 50 graphs")
    for seed in range(seeds):
        training, test = split(seed)
        size = ((test.batch.bincount() > 12) == (test.y > 0)).float().mean().item()
        print(f"seed {seed}: size rule {size:.3f}")
        masks, order = [], torch.Generator().manual_seed(seed)
        while len(masks) < updates:
            for some in torch.randperm(len(training.y), generator=order).split(50):
                masks.append(torch.zeros(len(training.y), dtype=torch.bool).index_fill(0, some, True))
        for way in ("sum", "SortPool", "DiffPool"):
            train.seeded(seed)
            model, found = Classifier(way, 3, rows=18), []
            adam = torch.optim.Adam(model.parameters(), lr=0.005)
            batches = (tuple(part(training, mask)) for mask in masks[:updates])
            for step in train.steps(model, loss, batches, adam):
                if step.number in looks:
                    found.append(accuracy(model, test))
            print(f"{way:12} " + "  ".join(f"{value:.3f}" for value in found), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3, help="runs with other first weights")
    parser.add_argument("--updates", type=int, help="updates: 500 on MUTAG, 3200 on copies")
    parser.add_argument("--copies", action="store_true", help="the generated task of the core, for long")
    parser.add_argument("--quick", action="store_true", help="two folds, one seed, 3 updates")
    options = parser.parse_args()
    seeds = 1 if options.quick else options.seeds
    if options.copies:
        copies(seeds, 3 if options.quick else options.updates or 3200)
    else:
        tested, updates = (2, 3) if options.quick else (FOLDS, options.updates or 500)
        molecules(tested, seeds, updates)


if __name__ == "__main__":
    main()
