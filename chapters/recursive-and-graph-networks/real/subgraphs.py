"""Find a pattern of seven nodes in graphs of fifteen: the set sub_15_7_200, on which the 2009 model is shown.

Updates are chosen on the validation part; the test part is looked at once. Run it with

    python chapters/recursive-and-graph-networks/real/subgraphs.py            # some minutes on one core
    python chapters/recursive-and-graph-networks/real/subgraphs.py --quick    # a check that it runs
"""

import argparse
import statistics

import torch
from torch import Tensor, nn
from tqdm import tqdm

from seqgraph import train
from seqgraph.data import Graphs, subgraph_matching
from seqgraph.graphs import FixedPointGNN, GatedGraphConv

HIDDEN, LOOK = 8, 25  # numbers in a state; updates between two looks at the validation part


class Reader(nn.Module):
    """A way to find states, and a read-out of state and own features."""

    def __init__(self, way: str):
        super().__init__()
        self.way = way
        gated = way == "GGNN, 4 rounds"
        self.gnn = GatedGraphConv(HIDDEN, 4) if gated else FixedPointGNN(2, HIDDEN, bound=0.9, tolerance=1e-3)
        self.out = nn.Sequential(nn.Linear(HIDDEN + 2, 16), nn.Tanh(), nn.Linear(16, 1))

    def states(self, x: Tensor, edge_index: Tensor) -> Tensor:
        if self.way == "own features only":
            return self.gnn(x, edge_index[:, :0])
        if self.way != "4 rounds":
            return self.gnn(x, edge_index)
        U, projected = self.gnn.contraction(), self.gnn.project(x, edge_index)
        h = x.new_zeros(len(x), HIDDEN)
        for _ in range(4):
            h = self.gnn.step(h, U, projected, edge_index)
        return h

    def forward(self, x: Tensor, edge_index: Tensor) -> Tensor:
        return self.out(torch.cat([self.states(x, edge_index), x], dim=1)).squeeze(-1)


def scores(model: nn.Module, graphs: Graphs) -> tuple[float, float]:
    """Accuracy and F1."""
    guess, y = train.predict(model, graphs.x, graphs.edge_index) > 0, graphs.y > 0
    f1 = 2 * (guess & y).sum() / (guess.sum() + y.sum())
    return (guess == y).float().mean().item(), f1.item()


def learn(way: str, seed: int, updates: int, parts: dict[str, Graphs]) -> tuple[float, float, int]:
    """The scores on the test part after the number of updates that the validation part likes best."""
    train.seeded(seed)
    model, seen = Reader(way), parts["train"]

    def loss(model: nn.Module, x: Tensor, edge_index: Tensor, y: Tensor) -> Tensor:
        return nn.functional.binary_cross_entropy_with_logits(model(x, edge_index), y.float())

    adam = torch.optim.Adam(model.parameters(), lr=0.03)
    batches = [(seen.x, seen.edge_index, seen.y)] * updates
    best, kept, when = -1.0, {}, 0
    for step in train.steps(model, loss, batches, adam):
        if step.number % LOOK == 0 or step.number == updates:
            accuracy, _ = scores(model, parts["validation"])
            if accuracy > best:
                best, when = accuracy, step.number
                kept = {name: value.clone() for name, value in model.state_dict().items()}
    model.load_state_dict(kept)
    return *scores(model, parts["test"]), when


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3, help="how many seeds")
    parser.add_argument("--updates", type=int, default=200, help="updates on the whole training part")
    parser.add_argument("--quick", action="store_true", help="one seed, 3 updates")
    options = parser.parse_args()
    seeds, updates = (1, 3) if options.quick else (options.seeds, options.updates)
    parts = {name: subgraph_matching(name) for name in ("train", "validation", "test")}
    centre = parts["train"].x.mean(0)
    parts = {name: part._replace(x=(part.x - centre) / 2) for name, part in parts.items()}
    majority = 1 - parts["test"].y.float().mean().item()
    print(f"200 graphs a part, {seeds} seeds, up to {updates} updates; majority {majority:.3f}")
    for way in ("own features only", "4 rounds", "fixed point", "GGNN, 4 rounds"):
        runs = [learn(way, seed, updates, parts) for seed in tqdm(range(seeds), leave=False)]
        accuracy, f1, when = zip(*runs, strict=True)
        spread = f" ± {statistics.stdev(accuracy):.3f}" if seeds > 1 else ""
        line = f"{way:20} accuracy {statistics.fmean(accuracy):.3f}{spread}  F1 {statistics.fmean(f1):.3f}"
        print(f"{line}  updates {', '.join(map(str, when))}", flush=True)


if __name__ == "__main__":
    main()
