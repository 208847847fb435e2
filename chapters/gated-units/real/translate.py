"""Real sentences: English to Mandarin, a fixed vector against attention, scored by sacrebleu.

    python chapters/gated-units/real/translate.py --quick        # a minute: does it run?
    python chapters/gated-units/real/translate.py                # 90 s of training an arm and seed
    python chapters/gated-units/real/translate.py --seconds 1800 --seeds 3

Tatoeba's sentences of at most 12 words and 20 characters. 500 English sentences are held out with all their
translations to test, 200 more to choose the best weights of a run. The table ends with a control: the
translations of the attention arm against the references of another sentence.
"""

import argparse
import copy
import re
import time

import sacrebleu
import torch

from seqgraph import train
from seqgraph.attention import BilinearAttention
from seqgraph.data import tatoeba
from seqgraph.optim import clip_by_norm
from seqgraph.seq2seq import (
    Alphabet,
    Decoder,
    Encoder,
    FixedContext,
    Translator,
    beam_search,
    greedy,
    masked_cross_entropy,
)

HIDDEN, EMBEDDING, BATCH, MOST = 128, 64, 64, 21


def words(sentence):
    return re.findall(r"[a-z']+|[0-9]+|[^\sa-z0-9]", sentence.lower())


def split(pairs, generator):
    """Hold out whole English sentences, each with all its translations."""
    sources = {}
    for english, mandarin in pairs:
        if len(words(english)) <= 12 and len(mandarin) <= 20:
            sources.setdefault(" ".join(words(english)), []).append(mandarin)
    names = sorted(sources)
    order = [names[number] for number in torch.randperm(len(names), generator=generator).tolist()]
    test, valid, rest = ([(name.split(), sources[name]) for name in part]
                         for part in (order[:500], order[500:700], order[700:]))  # fmt: skip
    return [(source, target) for source, targets in rest for target in targets], valid, test


def common(sequences, least=2):
    """The symbols that come at least twice, as one sequence for an Alphabet."""
    counts = {}
    for sequence in sequences:
        for symbol in sequence:
            counts[symbol] = counts.get(symbol, 0) + 1
    return [[symbol for symbol, count in counts.items() if count >= least]]


def make(arm, sources, targets):
    keys = 2 * HIDDEN
    attention = BilinearAttention(keys, keys) if arm == "attention" else FixedContext(keys)
    encoder = Encoder(len(sources), EMBEDDING, HIDDEN)
    return Translator(encoder, Decoder(len(targets), EMBEDDING, keys, keys, attention))


def batches(source, target, generator, seconds):
    start = time.process_time()
    while time.process_time() - start < seconds:
        pick = torch.randint(len(source), (BATCH,), generator=generator)
        x, y = source[pick], target[pick]
        yield x[:, : int((x != 0).sum(1).max())], y[:, : int((y != 0).sum(1).max())]


def learn(arm, seed, data, seconds):
    """Train, and keep the weights of the lowest loss on the validation sentences."""
    source, target, check, sources, targets = data
    generator = train.seeded(seed)
    model = make(arm, sources, targets)
    adam = torch.optim.Adam(model.parameters(), lr=0.003)
    best, kept = float("inf"), None
    for step in train.steps(
        model,
        lambda model, x, y: masked_cross_entropy(model(x, y), y, smoothing=0.1),
        batches(source, target, generator, seconds),
        adam,
        clip=lambda p: clip_by_norm(p, 1.0),
    ):
        if step.number % 100 == 0:
            loss = masked_cross_entropy(train.predict(model, check[0], check[1]), check[1]).item()
            if loss < best:
                best, kept = loss, copy.deepcopy(model.state_dict())
    if kept:
        model.load_state_dict(kept)
    return model.cpu().eval(), step.number, best


def write(model, source, targets, width):
    with torch.no_grad():
        if width == 1:
            tokens = greedy(model.step, model.start(source), MOST).tokens
        else:
            parts = [
                beam_search(model.step, model.start(part), MOST, width).tokens for part in source.split(50)
            ]
            tokens = torch.cat(parts)[:, 0]
    return ["".join(symbols) for symbols in targets.decode(tokens)]


def scores(texts, references):
    most = max(map(len, references))
    streams = [[r[n] if n < len(r) else None for r in references] for n in range(most)]
    chrf = sacrebleu.corpus_chrf(texts, streams).score
    return chrf, sacrebleu.corpus_bleu(texts, streams, tokenize="zh").score


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--seconds", type=float, default=90, help="training, seconds of processor time an arm"
    )
    parser.add_argument("--seeds", type=int, default=1, help="how many seeds")
    parser.add_argument("--quick", action="store_true", help="10 seconds an arm")
    options = parser.parse_args()
    seconds = 10 if options.quick else options.seconds

    training, valid, test = split(tatoeba(), train.seeded(0))
    sources, targets = Alphabet(common(x for x, _ in training)), Alphabet(common(y for _, y in training))
    encoded = sources.encode(x for x, _ in training), targets.encode(y for _, y in training)
    check = sources.encode(x for x, _ in valid), targets.encode(ys[0] for _, ys in valid)
    question, references = sources.encode(x for x, _ in test), [ys for _, ys in test]
    print(f"{len(training)} training pairs, {len(sources)} English words, {len(targets)} characters")

    print("arm          seed   weights  steps  valid  search   chrF   BLEU")
    for arm in ("fixed", "attention"):
        for seed in range(options.seeds):
            model, steps, loss = learn(arm, seed, (*encoded, check, sources, targets), seconds)
            count = sum(weight.numel() for weight in model.parameters())
            for width in (1, 4):
                texts = write(model, question, targets, width)
                chrf, bleu = scores(texts, references)
                name = "greedy" if width == 1 else f"beam {width}"
                print(f"{arm:12} {seed:4} {count:9} {steps:6} {loss:6.2f} {name:>7} {chrf:6.1f} {bleu:6.1f}")
    chrf, bleu = scores(texts, references[1:] + references[:1])
    print(f"{'control: references of another sentence':50} {chrf:6.1f} {bleu:6.1f}")
    for (source, known), text in list(zip(test, texts, strict=True))[:8]:
        print(" ".join(source), "->", text, "  | known:", " / ".join(known))


if __name__ == "__main__":
    main()
