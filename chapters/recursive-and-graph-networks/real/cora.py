"""What is a paper about? Cora and its like: two layers of graph convolution or attention, public split.

The settings are those of the papers that introduced the networks; nothing is chosen on the test part. Run it
with

    python chapters/recursive-and-graph-networks/real/cora.py             # some minutes on one core
    python chapters/recursive-and-graph-networks/real/cora.py --attention # GCN and GAT, both stopped early
    python chapters/recursive-and-graph-networks/real/cora.py --quick     # a check that it runs
"""

import argparse
import copy
import statistics

import torch
from torch import Tensor, nn
from tqdm import tqdm

from seqgraph import train
from seqgraph.data import Planetoid, planetoid
from seqgraph.graphs import GATConv, GCNConv, graph_fourier, laplacian

HIDDEN, DROPOUT, RATE, DECAY = 16, 0.5, 0.01, 5e-4
WAYS = ("words only", "GCN", "GCN, no words", "slowest waves")
WAVES = (8, 16, 32, 64, 128)  # how many; the validation part chooses
HEADS, HEAD, GAT_DROPOUT, GAT_RATE = 8, 8, 0.6, 0.005
PATIENCE = 100  # updates without a better loss or accuracy on the validation part


class Net(nn.Module):
    """Two layers; without edges they are an ordinary network, node by node."""

    def __init__(self, nodes: int, inputs: int, classes: int):
        super().__init__()
        self.nodes = nodes
        self.one, self.two = GCNConv(inputs, HIDDEN), GCNConv(HIDDEN, classes)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, values: Tensor, places: Tensor, edge_index: Tensor) -> Tensor:
        x = values.new_zeros(self.nodes, self.one.input_size)
        x = x.index_put(tuple(places), self.drop(values))  # to drop a zero changes nothing
        h = torch.relu(self.one(x, edge_index))
        return self.two(self.drop(h), edge_index)


class DroppedGATConv(GATConv):
    """Attention that loses some of its shares at random while it trains, as in the paper."""

    def message(self, x_i: Tensor | None, x_j: Tensor, e: Tensor) -> Tensor:
        return super().message(x_i, x_j, nn.functional.dropout(e, GAT_DROPOUT, self.training))


class GATNet(nn.Module):
    """Eight heads side by side, ELU, one head: words and hidden numbers are dropped, too."""

    def __init__(self, nodes: int, inputs: int, classes: int):
        super().__init__()
        self.nodes = nodes
        self.one = DroppedGATConv(inputs, HEAD, HEADS)
        self.two = DroppedGATConv(HEADS * HEAD, classes)
        self.drop = nn.Dropout(GAT_DROPOUT)

    def forward(self, values: Tensor, places: Tensor, edge_index: Tensor) -> Tensor:
        x = values.new_zeros(self.nodes, self.one.input_size)
        x = x.index_put(tuple(places), self.drop(values))
        h = nn.functional.elu(self.one(x, edge_index))
        return self.two(self.drop(h), edge_index)


def accuracy(guess: Tensor, y: Tensor, part: Tensor) -> float:
    return (guess == y)[part].float().mean().item()


def learn(way: str, data: Planetoid, seed: int, looks: tuple[int, ...]) -> list[float]:
    """Test accuracy after some numbers of updates."""
    train.seeded(seed)
    nodes = len(data.y)
    x = torch.eye(nodes) if way == "GCN, no words" else data.x / data.x.sum(1, keepdim=True).clamp(min=1)
    edge_index = data.edge_index[:, :0] if way == "words only" else data.edge_index
    places = x.nonzero().T
    seen_by_net = (x[tuple(places)], places, edge_index)
    model = Net(*x.shape, int(data.y.max()) + 1)
    groups = [{"params": model.one.parameters(), "weight_decay": DECAY}, {"params": model.two.parameters()}]
    adam = torch.optim.Adam(groups, lr=RATE)
    seen = []

    def loss(model: nn.Module, values: Tensor, places: Tensor, edge_index: Tensor, y: Tensor) -> Tensor:
        return nn.functional.cross_entropy(model(values, places, edge_index)[data.train], y)

    batch = (*seen_by_net, data.y[data.train])
    for step in train.steps(model, loss, [batch] * looks[-1], adam):
        if step.number in looks:
            guess = train.predict(model, *seen_by_net).argmax(1)
            seen.append(accuracy(guess, data.y, data.test))
    return seen


def stopped(way: str, data: Planetoid, seed: int, most: int) -> tuple[float, int]:
    """Test accuracy of the weights that the validation part liked best, and the updates that were made."""
    train.seeded(seed)
    x = data.x / data.x.sum(1, keepdim=True).clamp(min=1)
    places = x.nonzero().T
    given = (x[tuple(places)], places, data.edge_index)
    model = (GATNet if way == "GAT" else Net)(*x.shape, int(data.y.max()) + 1)
    groups = [{"params": model.one.parameters(), "weight_decay": DECAY}]
    groups += [{"params": model.two.parameters(), "weight_decay": DECAY if way == "GAT" else 0.0}]
    adam = torch.optim.Adam(groups, lr=GAT_RATE if way == "GAT" else RATE)
    least, top, waited = float("inf"), 0.0, 0
    best = copy.deepcopy(model.state_dict())

    def loss(model: nn.Module, values: Tensor, places: Tensor, edge_index: Tensor, y: Tensor) -> Tensor:
        return nn.functional.cross_entropy(model(values, places, edge_index)[data.train], y)

    batch = (*given, data.y[data.train])
    for step in train.steps(model, loss, [batch] * most, adam):
        made = step.number
        scores = train.predict(model, *given)
        error = nn.functional.cross_entropy(scores[data.validation], data.y[data.validation]).item()
        right = accuracy(scores.argmax(1), data.y, data.validation)
        if error <= least and right >= top:
            best = copy.deepcopy(model.state_dict())
        waited = 0 if error <= least or right >= top else waited + 1
        least, top = min(least, error), max(top, right)
        if waited == PATIENCE:
            break
    model.load_state_dict(best)
    guess = train.predict(model, *given).argmax(1)
    return accuracy(guess, data.y, data.test), made


def attention(data: Planetoid, seeds: int, most: int) -> None:
    """Both networks, stopped in the same way."""
    for way in ("GCN", "GAT"):
        runs = [stopped(way, data, seed, most) for seed in tqdm(range(seeds), leave=False)]
        values = [value for value, _ in runs]
        spread = statistics.stdev(values) if seeds > 1 else 0.0
        told = f"{statistics.fmean(values):.4f} ± {spread:.4f}, {min(values):.3f} to {max(values):.3f}"
        ends = [number for _, number in runs]
        print(f"{way} {told}, stopped after {min(ends)} to {max(ends)} updates", flush=True)


def waves(data: Planetoid, choices: tuple[int, ...], updates: int) -> tuple[float, int]:
    """A linear read-out of the slowest waves: test accuracy, and how many the validation part likes."""
    U = graph_fourier(laplacian(data.edge_index, len(data.y), normalised=True)).U
    found = []
    for number in choices:
        train.seeded(0)
        x = U[:, :number] * len(data.y) ** 0.5
        model = nn.Linear(number, int(data.y.max()) + 1)
        adam = torch.optim.Adam(model.parameters(), lr=0.05, weight_decay=DECAY)

        def loss(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
            return nn.functional.cross_entropy(model(x), y)

        for _ in train.steps(model, loss, [(x[data.train], data.y[data.train])] * updates, adam):
            pass
        guess = train.predict(model, x).argmax(1)
        found.append(tuple(accuracy(guess, data.y, part) for part in (data.validation, data.test)))
    best = max(range(len(choices)), key=lambda k: found[k][0])
    return found[best][1], choices[best]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--name", default="cora", help="cora; citeseer where its files are known")
    parser.add_argument("--seeds", type=int, default=6, help="runs with other first weights")
    parser.add_argument("--updates", type=int, default=200, help="updates; twice as many are looked at, too")
    parser.add_argument("--attention", action="store_true", help="GCN and GAT, both stopped early")
    parser.add_argument("--most", type=int, default=2000, help="most updates of those two")
    parser.add_argument("--quick", action="store_true", help="one seed, 3 updates, no waves; all networks")
    options = parser.parse_args()
    seeds, updates = (1, 3) if options.quick else (options.seeds, options.updates)
    data = planetoid(options.name)
    most = data.y[data.train].bincount(minlength=int(data.y.max()) + 1)
    top = max(accuracy(torch.full_like(data.y, field), data.y, data.test) for field in range(len(most)))
    print(f"{options.name}: {len(data.y)} papers, {seeds} seeds; always the most frequent field: {top:.3f}")
    if options.attention or options.quick:
        attention(data, seeds, 3 if options.quick else options.most)
    if options.attention and not options.quick:
        return
    looks = (updates, 2 * updates)
    for way in WAYS[:3]:
        runs = [learn(way, data, seed, looks) for seed in tqdm(range(seeds), leave=False)]
        for look, values in zip(looks, zip(*runs, strict=True), strict=True):
            spread = statistics.stdev(values) if seeds > 1 else 0.0
            told = f"{statistics.fmean(values):.4f} ± {spread:.4f}, {min(values):.3f} to {max(values):.3f}"
            print(f"{way:14} after {look:4} updates {told}", flush=True)
    if not options.quick:
        share, number = waves(data, WAVES, updates)
        print(f"{WAYS[3]:14} {share:.4f} with {number} of them")


if __name__ == "__main__":
    main()
