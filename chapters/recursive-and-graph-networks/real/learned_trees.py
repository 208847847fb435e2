"""Let a network choose its trees: nested expressions as lines without brackets, operator first.

All arms have the same Tree-LSTM, batches and updates; what differs is who says which neighbours are merged.
Nothing is downloaded. Run it with

    python chapters/recursive-and-graph-networks/real/learned_trees.py            # some minutes on one core
    python chapters/recursive-and-graph-networks/real/learned_trees.py --quick    # a check that it runs
"""

import argparse
from collections import defaultdict

import torch
from torch import nn
from tqdm import tqdm

from seqgraph import train
from seqgraph.data import expressions
from seqgraph.optim import clip_by_norm
from seqgraph.trees import GreedyComposer, NaryLSTMCell, bracket_share

SIGNS = ["MIN", "MAX", "SUM", "0", "1", "2", "3"]
SEEN, ASKED = (1, 2, 3, 4, 5), (3, 5, 7)  # operators in a line, in training and in the test
ARMS = ("gold tree", "told the tree, chooses itself", "learned", "scorer frozen", "right-branching")


def draw(number, depths, generator):
    """Number of operators -> (signs, gold merges, values), the same expressions for all arms."""
    rows = defaultdict(list)
    for depth in depths:
        for expression in expressions(number, depth, generator):
            signs = [SIGNS.index(sign) for sign in expression.symbols]
            rows[len(signs) // 2].append((signs, expression.merges(), expression.value))
    return {k: [torch.tensor(part) for part in zip(*found, strict=True)] for k, found in rows.items()}


class Reader(nn.Module):
    """A composer over the signs of a line; the root gives the value."""

    def __init__(self, size):
        super().__init__()
        self.E = nn.Embedding(len(SIGNS), 16)
        self.composer = GreedyComposer(NaryLSTMCell(16, size), size)
        self.V = nn.Sequential(nn.Linear(size, size), nn.ReLU(), nn.Linear(size, 4))

    def forward(self, signs, merges=None):
        made = self.composer(self.E(signs), merges)
        return self.V(made.output), made


def order(arm, gold):
    """The merges that an arm is given, or None where its scorer chooses."""
    if arm == "right-branching":
        return torch.arange(gold.shape[1] - 1, -1, -1).expand(gold.shape)
    return gold if arm == "gold tree" else None


def look(model, arm, test):
    """Share right, and share of the gold brackets found."""
    signs, gold, value = test
    model.eval()
    with torch.no_grad():
        logits, made = model(signs, order(arm, gold))
    right = (logits.argmax(-1) == value).float().mean().item()
    return right, bracket_share(made.merges, gold).mean().item()


def learn(arm, seed, size, updates, looks, data, tests):
    generator = train.seeded(seed)
    model = Reader(size)
    lengths = torch.randint(len(SEEN), (updates,), generator=generator).tolist()
    picks = [torch.randint(len(data[SEEN[k]][0]), (64,), generator=generator) for k in lengths]
    batches = [tuple(part[pick] for part in data[SEEN[k]]) for k, pick in zip(lengths, picks, strict=True)]
    model.composer.score.requires_grad_(arm != "scorer frozen")

    def loss(model, signs, gold, value):
        told = arm.startswith("told")
        logits, made = model(signs, gold if told else order(arm, gold))
        error = nn.functional.cross_entropy(logits, value)
        if told:
            error = error + sum(map(nn.functional.cross_entropy, made.scores, gold.unbind(1))) / gold.shape[1]
        return error

    adam = torch.optim.Adam([w for w in model.parameters() if w.requires_grad], lr=0.003)
    seen = []
    for step in train.steps(model, loss, batches, adam, lambda p: clip_by_norm(p, 1.0)):
        if step.number in looks:
            seen.append([look(model, arm, tests[k]) for k in ASKED])
    return seen


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3, help="how many seeds")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--updates", type=int, default=500, help="updates; there is a look at the half too")
    parser.add_argument("--size", type=int, default=48, help="units of the Tree-LSTM")
    parser.add_argument("--arms", nargs="*", default=ARMS, help="which arms")
    parser.add_argument("--quick", action="store_true", help="one seed, 4 updates")
    options = parser.parse_args()
    seeds, updates = (1, 4) if options.quick else (options.seeds, options.updates)
    data = draw(1000 if options.quick else 5000, (1, 2, 3), torch.Generator().manual_seed(100))
    tests = draw(1200, (2, 3), torch.Generator().manual_seed(101))
    for k, test in tests.items():
        usual = test[2].bincount().max().item() / len(test[2])
        print(f"{k} operators: {len(test[2])} test lines, the most frequent value {usual:.2f}")
    looks = updates // 2, updates
    for arm in options.arms:
        chosen = range(options.first, options.first + seeds)
        runs = torch.tensor(
            [
                learn(arm, seed, options.size, updates, looks, data, tests)
                for seed in tqdm(chosen, leave=False)
            ]
        )
        for number, when in enumerate(looks):
            right, found = runs[:, number].unbind(-1)
            each = "  ".join(
                f"k={k} " + " ".join(f"{x:.2f}" for x in right[:, c]) for c, k in enumerate(ASKED)
            )
            print(
                f"{arm:30} {when:5} updates, right: {each}  brackets k=5 "
                + " ".join(f"{x:.2f}" for x in found[:, ASKED.index(5)]),
                flush=True,
            )


if __name__ == "__main__":
    main()
