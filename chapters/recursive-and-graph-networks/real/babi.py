"""Answer the questions of the first two bAbI tasks: one and two supporting facts, 1,000 questions each.

A tenth of the training questions is kept to choose among restarts, as a run may fail; the test part is looked
at once. Run it with

    python chapters/recursive-and-graph-networks/real/babi.py            # some minutes on one core
    python chapters/recursive-and-graph-networks/real/babi.py --quick    # a check that it runs
"""

import argparse
import statistics

import torch
import torch.nn.functional as F
from tqdm import tqdm

from seqgraph import train
from seqgraph.data import babi, story_batch, story_words
from seqgraph.memory import MemoryNetwork, SupportedMemoryNetwork, margin_loss

MOST = 100  # sentences of a story; the longest of the two tasks has 88


def accuracy(logits, data):
    return (logits.argmax(-1) == data.answer).float().mean().item()


def learn(model, loss, data, seed, updates, start):
    """Train on batches of 32 with a falling rate; before update `start` the softmax is left out."""
    generator, linear = torch.Generator().manual_seed(seed), start > 0
    picks = (torch.randint(len(data.answer), (32,), generator=generator) for _ in range(updates))
    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    falling = torch.optim.lr_scheduler.LinearLR(adam, 1.0, 0.1, updates)
    batches = (data.take(pick) for pick in picks)

    def now(model, *batch):
        return loss(model, linear, *batch)

    for step in train.steps(model, now, batches, adam):
        falling.step()
        linear = step.number < start
    return model.cpu().eval()


def end_to_end(model, linear, sentences, question, answer, facts):
    return F.cross_entropy(model(sentences, question, linear=linear).logits, answer)


def supported(model, linear, sentences, question, answer, facts):
    logits, scores, _ = model(sentences, question, facts=facts)
    parts = zip(scores.unbind(1), facts.unbind(1), strict=True)
    return margin_loss(logits, answer) + sum(margin_loss(*part) for part in parts)


def arms(num_words, task, updates):
    """Name -> (how to make a model, its loss, when the linear start ends)."""

    def hops(number):
        return lambda: MemoryNetwork(num_words, 20, number, MOST)

    half = updates // 2
    return {
        "one hop": (hops(1), end_to_end, 0),
        "two hops": (hops(2), end_to_end, half),
        "three hops": (hops(3), end_to_end, half),
        "argmax, told the facts": (
            lambda: SupportedMemoryNetwork(num_words, 20, task, MOST),
            supported,
            0,
        ),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3, help="how many seeds")
    parser.add_argument("--updates", type=int, default=1500, help="updates of each network")
    parser.add_argument("--quick", action="store_true", help="one seed, 5 updates")
    options = parser.parse_args()
    seeds, updates = (1, 5) if options.quick else (options.seeds, options.updates)
    for task in (1, 2):
        told, asked = babi(task, "train"), babi(task, "test")
        words = story_words(told)
        data, exam = story_batch(told, words), story_batch(asked, words)
        order = torch.randperm(1000, generator=torch.Generator().manual_seed(7))
        seen, kept = data.take(order[:900]), data.take(order[900:])
        usual = exam.answer.bincount().max().item() / len(asked)
        print(f"task {task}: {len(told)} questions to learn from; the most frequent answer {usual:.3f}")
        for name, (make, loss, start) in arms(len(words) + 1, task, updates).items():
            results = []
            for seed in tqdm(range(seeds), leave=False):
                torch.manual_seed(seed)
                model = learn(make(), loss, seen, seed, updates, start)
                with torch.no_grad():
                    results.append([accuracy(model(*part[:2]).logits, part) for part in (kept, exam)])
            tests = [test for _, test in results]
            spread = f" ± {statistics.stdev(tests):.3f}" if seeds > 1 else ""
            chosen = max(results)[1]
            every = " ".join(f"{test:.3f}" for test in tests)
            mean = statistics.fmean(tests)
            print(f"  {name:24} {mean:.3f}{spread}  each: {every}  chosen by the kept tenth: {chosen:.3f}")


if __name__ == "__main__":
    main()
