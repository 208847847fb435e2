"""Say how good a film was found: sentences of the Stanford Sentiment Treebank, five classes.

A Tree-LSTM on the given trees against a bag of words. Both learn their word vectors from the treebank alone,
and both from the labels of all phrases. The epoch is chosen on the validation part. Run it with

    python chapters/recursive-and-graph-networks/real/sst.py            # some minutes on one core
    python chapters/recursive-and-graph-networks/real/sst.py --quick    # a check that it runs
"""

import argparse
import statistics
from collections import Counter

import torch
from torch import nn
from tqdm import tqdm

from seqgraph import train
from seqgraph.data import sst
from seqgraph.optim import clip_by_norm
from seqgraph.structures import Forest
from seqgraph.trees import NaryLSTMCell, Recursive

BATCH, CLASSES = 50, 5


class Batch:
    """Some trees, their nodes one after the other."""

    def __init__(self, trees, numbers):
        self.forest = Forest.from_parents([tree.parents for tree in trees])
        self.labels = torch.tensor([label for tree in trees for label in tree.labels])
        # 0 where there is no word, 1 where the word is not known
        told = [0 if word is None else numbers.get(word, 1) for tree in trees for word in tree.words]
        self.words = torch.tensor(told)
        leaf = self.words > 0
        # Before node v stand first[v] leaves; below it there are count[v].
        self.first = leaf.cumsum(0) - leaf.long()
        count = leaf.long()
        for nodes in [self.forest.height == k for k in range(int(self.forest.height.max()))]:
            below = nodes & (self.forest.parent >= 0)
            count = count.index_add(0, self.forest.parent[below], count[below])
        self.count = count


class OnTrees(nn.Module):
    """A Tree-LSTM; every node says how its phrase sounds."""

    def __init__(self, num_words, size, dropout):
        super().__init__()
        self.E = nn.Embedding(num_words, size, padding_idx=0)
        self.drop = nn.Dropout(dropout)
        self.runner = Recursive(NaryLSTMCell(size, size))
        self.V = nn.Linear(size, CLASSES)

    def forward(self, batch):
        h, _ = self.runner(self.drop(self.E(batch.words)), batch.forest)
        return self.V(self.drop(h))


class Bag(nn.Module):
    """The mean of the word vectors of a phrase: no order, no tree."""

    def __init__(self, num_words, size, dropout):
        super().__init__()
        self.E = nn.Embedding(num_words, size, padding_idx=0)
        self.drop = nn.Dropout(dropout)
        self.V = nn.Sequential(nn.Linear(size, size), nn.ReLU(), nn.Linear(size, CLASSES))

    def forward(self, batch):
        words = self.drop(self.E(batch.words[batch.words > 0]))
        sums = torch.cat([words.new_zeros(1, words.shape[1]), words.cumsum(0)])
        means = (sums[batch.first + batch.count] - sums[batch.first]) / batch.count[:, None]
        return self.V(self.drop(means))


ARMS = {
    "bag of words": (Bag, 4),
    "Tree-LSTM": (OnTrees, 1),
}  # the bag is quick: it gets four times the epochs


def accuracy(model, batches):
    """The share of sentences whose class is found."""
    model.eval()
    right, number = 0, 0
    with torch.no_grad():
        for batch in batches:
            roots = batch.forest.roots
            right += (model(batch)[roots].argmax(-1) == batch.labels[roots]).sum().item()
            number += len(roots)
    return right / number


def learn(kind, seed, epochs, parts, num_words, size, dropout):
    """Validation and test accuracy after each epoch."""
    generator = train.seeded(seed)
    model = kind(num_words, size, dropout)

    def loss(model, number):
        batch = parts["train"][int(number)]
        return nn.functional.cross_entropy(model(batch), batch.labels)

    batches = len(parts["train"])
    numbers = torch.cat([torch.randperm(batches, generator=generator) for _ in range(epochs)])
    adam = torch.optim.Adam(model.parameters(), lr=0.003, weight_decay=1e-5)
    seen = []
    for step in train.steps(model, loss, [(k[None],) for k in numbers], adam, lambda p: clip_by_norm(p, 1.0)):
        if step.number % batches == 0:
            seen.append([accuracy(model, parts[part]) for part in ("validation", "test")])
    return seen


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3, help="how many seeds")
    parser.add_argument(
        "--epochs",
        type=int,
        default=4,
        help="epochs; the bag gets four times as many; there is a look at the half too",
    )
    parser.add_argument("--size", type=int, default=64, help="units, and numbers in a word vector")
    parser.add_argument("--dropout", type=float, default=0.3, help="of word vectors and of states read out")
    parser.add_argument("--quick", action="store_true", help="one seed, 2 epochs, 100 sentences a part")
    options = parser.parse_args()
    seeds, epochs = (1, 2) if options.quick else (options.seeds, options.epochs)
    parts = {part: sst(part)[: 100 if options.quick else None] for part in ("train", "validation", "test")}
    counts = Counter(word for tree in parts["train"] for word in tree.words if word is not None)
    known = sorted(word for word, count in counts.items() if count > 1)
    numbers = {word: place for place, word in enumerate(known, start=2)}
    usual = Counter(tree.labels[0] for tree in parts["test"]).most_common(1)[0][1] / len(parts["test"])
    print(
        f"{len(parts['train'])} sentences to learn from, {len(known)} words; most frequent class {usual:.3f}"
    )
    made = {}
    for part, trees in parts.items():
        by_size = sorted(trees, key=lambda tree: len(tree.words))
        made[part] = [Batch(by_size[k : k + BATCH], numbers) for k in range(0, len(by_size), BATCH)]
    for name, (kind, times) in ARMS.items():
        sizes = len(known) + 2, options.size, options.dropout
        runs = [learn(kind, seed, times * epochs, made, *sizes) for seed in tqdm(range(seeds), leave=False)]
        for most in (times * epochs // 2, times * epochs):
            tests = [max(run[:most])[1] for run in runs]
            spread = f" ± {statistics.stdev(tests):.3f}" if seeds > 1 else ""
            each = " ".join(f"{test:.3f}" for test in tests)
            line = f"{name:14} up to {most} epochs: test accuracy {statistics.fmean(tests):.3f}{spread}"
            print(f"{line}  each: {each}", flush=True)


if __name__ == "__main__":
    main()
