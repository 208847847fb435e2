"""Rank the true next query of real conversations (TREC CAsT) among ten.

Train on the conversations of 2019, test on those of 2020; all turns are the ones rewritten by hand.
Run it with

    python chapters/gated-units/real/conversations.py            # some minutes on one core
    python chapters/gated-units/real/conversations.py --quick    # a check that it runs
"""

import argparse
import math
import statistics
from collections import Counter

import torch
from tqdm import tqdm

from seqgraph import train
from seqgraph.data import conversations
from seqgraph.optim import clip_by_norm
from seqgraph.seq2seq import Alphabet
from seqgraph.suggest import (
    RIN,
    QueryFlow,
    discriminator_loss,
    homomorphic,
    mean_reciprocal_rank,
    random_walks,
    reformulation_loss,
    session_batch,
    term_graph,
    walk_vectors,
)

CANDIDATES, SAME = 10, 4  # of the nine wrong ones, up to four come from the same conversation


def cases(found, generator):
    """(queries so far, candidates with the true next one first) for every turn after the first."""

    def some(queries, number):
        return [queries[i] for i in torch.randperm(len(queries), generator=generator)[:number].tolist()]

    made = []
    for one in found:
        elsewhere = [query for other in found if other.number != one.number for query in other.queries]
        for turn in range(1, len(one.queries)):
            right = one.queries[turn]
            near = [
                query for query in dict.fromkeys(one.queries) if query not in (right, one.queries[turn - 1])
            ]
            near = some(near, SAME)
            far = some(
                [query for query in dict.fromkeys(elsewhere) if query not in (right, *near)], CANDIDATES
            )
            made.append((one.queries[max(0, turn - 5) : turn], [right, *near, *far][:CANDIDATES]))
    return made


def overlap(log):
    """Score by the rare words that a candidate shares with the last query, as a share of its own."""
    seen = Counter(word for one in log for query in one.queries for word in set(query))
    total = sum(len(one.queries) for one in log)

    def worth(words):
        return sum(math.log((1 + total) / (1 + seen[word])) for word in words)

    def score(queries, candidates):
        last = set(queries[-1])
        return torch.tensor([worth(last & set(c)) / max(worth(last | set(c)), 1e-9) for c in candidates])

    return score


def word_vectors(log, size, generator):
    """Vectors of the words of the training part; every other word is the sign for unknown, at zero."""
    graph = term_graph((one.queries, ()) for one in log)
    alphabet = Alphabet([word] for kind, word in graph.nodes if kind == "term")
    rows = torch.tensor([graph.nodes.index(("term", word)) for word in alphabet.symbols[4:]])
    walks = random_walks(graph.edge_index, graph.weight, 10, 20, generator)
    vectors = walk_vectors(walks, rows, size) * 2
    return torch.cat([torch.zeros(4, size), vectors]), alphabet


def pack(made, alphabet):
    return session_batch([queries for queries, _ in made], [row for _, row in made], alphabet)


def learn(vectors, batch, weight, seed, updates):
    def loss(model, *part):
        output = model(*part)
        inferred = reformulation_loss(output.reformulation, output.target)
        return weight * inferred + discriminator_loss(output.scores)

    generator = train.seeded(seed)
    model = RIN(vectors, 40)
    picks = (torch.randint(len(batch.lengths), (32,), generator=generator) for _ in range(updates))
    adam = torch.optim.Adam(model.parameters(), lr=0.003)
    batches = (batch.take(pick) for pick in picks)
    for _ in train.steps(model, loss, batches, adam, clip=lambda p: clip_by_norm(p, 1.0)):
        pass
    return model.cpu().eval()


def by_reformulation(model, batch):
    """Score a candidate by how near it lies to the last query plus the inferred change."""
    output = model(*batch)
    v = homomorphic(batch.candidates, model.vectors)
    start = v[:, 0] - output.target
    return -(v - (start + output.reformulation)[:, None]).norm(dim=-1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=5, help="how many seeds")
    parser.add_argument("--updates", type=int, default=300, help="updates of each network")
    parser.add_argument("--quick", action="store_true", help="one seed, 5 updates")
    options = parser.parse_args()
    seeds, updates = (1, 5) if options.quick else (options.seeds, options.updates)
    log, test = conversations("2019"), conversations("2020")
    results = {}
    flow, shared = QueryFlow(one.queries for one in log), overlap(log)
    for seed in tqdm(range(seeds)):
        seen, asked = cases(log, train.seeded(100 + seed)), cases(test, train.seeded(200 + seed))
        vectors, alphabet = word_vectors(log, 64, train.seeded(300 + seed))
        batch, exam = pack(seen, alphabet), pack(asked, alphabet)
        both = learn(vectors, batch, 1.0, seed, updates)
        alone = learn(vectors, batch, 0.0, seed, updates)
        with torch.no_grad():
            measured = {
                "guessing": torch.zeros(len(asked), CANDIDATES),
                "query-flow graph": torch.stack([flow.scores(queries[-1], row) for queries, row in asked]),
                "shared words": torch.stack([shared(queries, row) for queries, row in asked]),
                "sum of vectors, cosine": torch.cosine_similarity(
                    homomorphic(exam.candidates, vectors),
                    homomorphic(exam.bags[torch.arange(len(asked)), exam.lengths - 1], vectors)[:, None],
                    dim=-1,
                ),
                "RIN without inferencer": alone(*exam).scores,
                "RIN": both(*exam).scores,
                "RIN, ranked by the inferencer": by_reformulation(both, exam),
            }
        for name, scores in measured.items():
            results.setdefault(name, []).append(mean_reciprocal_rank(scores))
    words = [word for one in test for query in one.queries for word in query]
    print(f"{len(seen)} cases to train on, {len(asked)} to test on, {seeds} seeds")
    new = sum(word not in alphabet.numbers for word in words) / len(words)
    print(f"words of the test part that training never saw: {new:.0%}")
    for name, values in results.items():
        spread = f" ± {statistics.stdev(values):.3f}" if len(values) > 1 else ""
        print(f"{name:32} MRR {statistics.fmean(values):.3f}{spread}")


if __name__ == "__main__":
    main()
