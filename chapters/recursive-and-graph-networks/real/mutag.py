"""Is a molecule mutagenic? MUTAG: 188 molecules in ten folds, one answer for a whole graph.

Each fold is tested once. The number of updates is chosen on the fold after it, which is not trained on. Run
it with

    python chapters/recursive-and-graph-networks/real/mutag.py            # some minutes on one core
    python chapters/recursive-and-graph-networks/real/mutag.py --quick    # a check that it runs
"""

import argparse
import copy
import math
import statistics

import torch
from scipy.stats import t
from torch import Tensor, nn
from tqdm import tqdm

from seqgraph import train
from seqgraph.data import Mutag, mutag
from seqgraph.graphs import FixedPointGNN, sum_pool

HIDDEN, FOLDS, LOOK = 8, 10, 10  # numbers in a state; folds; updates between two looks at the validation fold
WAYS = ("bag of atoms", "bag of atoms and bonds", "fixed point")


class Reader(nn.Module):
    """What is known of each atom, added up over the molecule, and a read-out."""

    def __init__(self, way: str):
        super().__init__()
        self.way = way
        extra = {"bag of atoms": 0, "bag of atoms and bonds": 4, "fixed point": HIDDEN}[way]
        if way == "fixed point":
            self.gnn = FixedPointGNN(7, HIDDEN, edge_size=4, bound=0.9, tolerance=1e-3)
        self.out = nn.Sequential(nn.Linear(7 + extra, 16), nn.Tanh(), nn.Linear(16, 1))

    def forward(self, data: Mutag) -> Tensor:
        known = [data.x]
        if self.way == "bag of atoms and bonds":
            known.append(data.x.new_zeros(len(data.x), 4).index_add(0, data.edge_index[1], data.e / 2))
        if self.way == "fixed point":
            known.append(self.gnn(data.x, data.edge_index, data.e))
        pooled = sum_pool(torch.cat(known, dim=1), data.batch, len(data.y)) / 10
        return self.out(pooled).squeeze(-1)


def part(data: Mutag, chosen: Tensor) -> Mutag:
    """Some of the molecules, as a set of their own."""
    atoms, bonds = chosen[data.batch], chosen[data.batch[data.edge_index[0]]]
    return Mutag(
        data.x[atoms],
        (atoms.cumsum(0) - 1)[data.edge_index[:, bonds]],
        data.e[bonds],
        data.y[chosen],
        (chosen.cumsum(0) - 1)[data.batch[atoms]],
    )


def folds(y: Tensor, seed: int) -> Tensor:
    """The fold of each molecule, with both answers in equal shares."""
    order = torch.randperm(len(y), generator=torch.Generator().manual_seed(seed))
    order = order[y[order].argsort(stable=True)]
    return torch.empty_like(y).index_put((order,), torch.arange(len(y)) % FOLDS)


def loss(model: nn.Module, *data: Tensor) -> Tensor:
    data = Mutag(*data)
    return nn.functional.binary_cross_entropy_with_logits(model(data), data.y.to(data.x.dtype))


def learn(way: str, seed: int, updates: int, seen: Mutag, held: Mutag, test: Mutag) -> tuple[float, int]:
    """The accuracy on the test fold after the number of updates that the validation fold likes best."""
    train.seeded(seed)
    model = Reader(way)
    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    best, kept, when = math.inf, {}, 0
    for step in train.steps(model, loss, [seen] * updates, adam):
        if step.number % LOOK == 0 or step.number == updates:
            with torch.no_grad():
                now = loss(model, *held).item()
            if now < best:
                best, kept, when = now, copy.deepcopy(model.state_dict()), step.number
    model.load_state_dict(kept)
    with torch.no_grad():
        return ((model(test) > 0) == (test.y > 0)).float().mean().item(), when


def interval(values: list[float]) -> str:
    """The mean over folds and the half width of its 95 % interval (Student)."""
    half = t.ppf(0.975, len(values) - 1) * statistics.stdev(values) / math.sqrt(len(values))
    return f"{statistics.fmean(values):+.3f} ± {half:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=1, help="runs of each fold, with other first weights")
    parser.add_argument("--updates", type=int, default=200, help="updates on the whole training part")
    parser.add_argument("--folds", type=int, default=FOLDS, help="how many of the ten folds are tested")
    parser.add_argument("--quick", action="store_true", help="two folds, one seed, 3 updates")
    options = parser.parse_args()
    tested, seeds, updates = (2, 1, 3) if options.quick else (options.folds, options.seeds, options.updates)
    data = mutag()
    fold = folds(data.y, seed=0)
    print(f"{len(data.y)} molecules, {tested} of {FOLDS} folds, {seeds} seeds, up to {updates} updates")
    found: dict[str, list[float]] = {"majority": [], **{way: [] for way in WAYS}}
    stopped: dict[str, list[int]] = {way: [] for way in WAYS}
    for number in tqdm(range(tested), leave=False):
        held = (number + 1) % FOLDS
        chosen = ((fold != number) & (fold != held), fold == held, fold == number)
        parts = [part(data, which) for which in chosen]
        found["majority"].append(parts[2].y.float().mean().item())  # most of the training part are mutagenic
        for way in WAYS:
            accuracy, when = zip(*(learn(way, seed, updates, *parts) for seed in range(seeds)), strict=True)
            found[way].append(statistics.fmean(accuracy))
            stopped[way] += when
    for way, accuracy in found.items():
        apart = [a - b for a, b in zip(accuracy, found["bag of atoms"], strict=True)]
        line = f"{way:22} accuracy {interval(accuracy)}  beyond the bag of atoms {interval(apart)}"
        line += f"  median of updates {statistics.median(stopped[way]):.0f}" if way in stopped else ""
        print(line.replace("accuracy +", "accuracy "), flush=True)


if __name__ == "__main__":
    main()
