"""Step functions with few symbols, and all that they can write."""

from itertools import product

import torch

from seqgraph.attention import BilinearAttention
from seqgraph.seq2seq import BEGIN, END, Decoder, Encoder, Translator
from tests.checks.numbers import fill


def translator(vocabulary=5, seed=0):
    model = Translator(Encoder(8, 3, 2), Decoder(vocabulary, 3, 4, 4, BilinearAttention(4, 4)))
    return fill(model.double(), seed)


def history_step(vocabulary, seed=0):
    """A step whose state is the number of the whole history: nothing shorter predicts the next symbol."""

    def step(tokens, state):
        state = (state * vocabulary + tokens[:, None]) % 100003
        symbols = torch.arange(vocabulary, device=tokens.device)
        scores = torch.sin((state + 1) * (symbols + 1.7 + seed) * 12.9898) * 4
        return scores.double().log_softmax(-1), state

    return step


def everything(vocabulary, max_length):
    """All sequences that END closes within ``max_length`` symbols, and all that long without END."""
    symbols = [symbol for symbol in range(1, vocabulary) if symbol != END]
    closed = [[*body, END] for n in range(max_length) for body in product(symbols, repeat=n)]
    return closed + [list(body) for body in product(symbols, repeat=max_length)]


def score(step, state, sequence):
    """The log-probability of one sequence, symbol by symbol, for a state of one row."""
    total, token = 0.0, BEGIN
    for symbol in sequence:
        logs, state = step(torch.tensor([token]), state)
        total += logs[0, symbol].item()
        token = symbol
    return total
