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
from seqgraph.suggest import (
    RIN,
    QueryFlow,
    homomorphic,
    mean_reciprocal_rank,
    random_walks,
    rin_loss,
    session_batch,
    term_graph,
    walk_vectors,
)

CANDIDATES, SAME = 10, 4  # of the nine wrong ones, up to four come from the same conversation
UNKNOWN = "<unknown>"


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
    """Vectors of the words of the training part; every other word is one unknown word, at zero."""
    graph = term_graph((one.queries, ()) for one in log)
    rows = torch.tensor([i for i, (kind, _) in enumerate(graph.nodes) if kind == "term"])
    walks = random_walks(graph.edge_index, graph.weight, 10, 20, generator)
    vectors = walk_vectors(walks, rows, size) * 2
    words = [graph.nodes[i][1] for i in rows.tolist()] + [UNKNOWN]
    return torch.cat([vectors, torch.zeros(1, size)]), {word: i for i, word in enumerate(words)}


def pack(made, place):
    def known(query):
        return [word if word in place else UNKNOWN for word in query]

    sessions = [[known(query) for query in queries] for queries, _ in made]
    return session_batch(sessions, [[known(query) for query in row] for _, row in made], place)


def learn(vectors, batch, parts, seed, updates):
    generator = train.seeded(seed)
    model = RIN(vectors, 40)
    picks = (torch.randint(len(batch.lengths), (32,), generator=generator) for _ in range(updates))
    adam = torch.optim.Adam(model.parameters(), lr=0.003)
    loop = train.steps(
        model,
        lambda model, *part: rin_loss(model(*part), part[-1], parts),
        (batch.take(pick) for pick in picks),
        adam,
        clip=lambda p: clip_by_norm(p, 1.0),
    )
    for _ in loop:
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
        vectors, place = word_vectors(log, 64, train.seeded(300 + seed))
        batch, exam = pack(seen, place), pack(asked, place)
        both = learn(vectors, batch, "RD", seed, updates)
        alone = learn(vectors, batch, "D", seed, updates)
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
    new = sum(word not in place for word in words) / len(words)
    print(f"words of the test part that training never saw: {new:.0%}")
    for name, values in results.items():
        spread = f" ± {statistics.stdev(values):.3f}" if len(values) > 1 else ""
        print(f"{name:32} MRR {statistics.fmean(values):.3f}{spread}")


if __name__ == "__main__":
    main()
