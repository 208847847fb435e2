"""The two memory networks written out in plain Python, number by number, and stories to try them on."""

from math import exp

import torch

from tests.checks.numbers import fill, generator

WORDS, SIZE, MOST = 7, 3, 6


def make(kind, *arguments):
    """With weights small enough for a linear reading of three hops to stay near 1."""
    module = fill(kind(WORDS, SIZE, *arguments, MOST).double())
    with torch.no_grad():
        for parameter in module.parameters():
            parameter *= 0.4
    return module


def some_stories(B=4, M=5, L=3, Q=2, seed=0):
    """Random words with padding in sentences, stories and questions; the first of each is full."""
    draw = generator(seed)
    sentences = torch.randint(0, WORDS, (B, M, L), generator=draw)
    sentences[..., 0] = torch.randint(1, WORDS, (B, M), generator=draw)
    lengths = torch.randint(1, M + 1, (B,), generator=draw)
    lengths[0] = M
    sentences[torch.arange(M) >= lengths[:, None]] = 0
    question = torch.randint(0, WORDS, (B, Q), generator=draw)
    question[:, 0] = torch.randint(1, WORDS, (B,), generator=draw)
    return sentences, question


def told(sentences):
    """(words, age) of the sentences of one story that are there."""
    full = [[w for w in row if w] for row in sentences.tolist() if any(row)]
    return [(words, len(full) - 1 - place) for place, words in enumerate(full)]


def embed(words, table):
    return [sum(table[w][d] for w in words) for d in range(len(table[0]))]


def dot(a, b):
    return sum(x * y for x, y in zip(a, b, strict=True))


def plus(a, b):
    return [x + y for x, y in zip(a, b, strict=True)]


def end_to_end(network, sentences, question, linear=False):
    """Logits and the attention of each hop for one story."""
    E, T = network.E.tolist(), network.T.tolist()
    story = told(sentences)
    u, looked = embed([w for w in question.tolist() if w], E[0]), []
    for k in range(network.hops):
        scores = [dot(u, plus(embed(words, E[k]), T[k][age])) for words, age in story]
        total = sum(exp(s) for s in scores)
        p = scores if linear else [exp(s) / total for s in scores]
        for weight, (words, age) in zip(p, story, strict=True):
            value = plus(embed(words, E[k + 1]), T[k + 1][age])
            u = plus(u, [weight * v for v in value])
        looked.append(p)
    return [dot(u, row) for row in E[-1]], looked


def supported(network, sentences, question, facts=None):
    """Logits, the scores of each hop and the facts for one story."""
    part = {name: value.tolist() for name, value in network.named_parameters()}
    story = told(sentences)
    q = [w for w in question.tolist() if w]
    u, r, scores, found = embed(q, part["U_q"]), embed(q, part["R_q"]), [], []
    for k in range(network.num_facts):
        score = [dot(u, plus(embed(words, part["V"]), part["T"][age])) for words, age in story]
        fact = score.index(max(score)) if facts is None else facts[k]
        u = plus(u, embed(story[fact][0], part["U_m"]))
        r = plus(r, embed(story[fact][0], part["R_m"]))
        scores.append(score)
        found.append(fact)
    return [dot(r, row) for row in part["W"]], scores, found
