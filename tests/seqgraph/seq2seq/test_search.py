"""Greedy search against a loop over single sequences."""

import pytest
import torch

from seqgraph.seq2seq import BEGIN, END, PAD, greedy
from tests.checks.numbers import DEVICES, TIGHT
from tests.seqgraph.seq2seq.steps import history_step, score, translator

SOURCE = torch.tensor([[5, 7, 4, 2], [6, 2, 0, 0], [4, 4, 2, 0]])


def alone(step, state, max_length):
    """One row, in plain Python."""
    token, written = BEGIN, []
    while len(written) < max_length and token != END:
        logs, state = step(torch.tensor([token]), state)
        token = max(range(1, logs.shape[-1]), key=lambda symbol: logs[0, symbol].item())
        written.append(token)
    return written


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_loop(seed):
    model = translator(seed=seed)
    with torch.no_grad():
        found = greedy(model.step, model.start(SOURCE), max_length=6)
        for row, length in enumerate((4, 2, 3)):
            state = model.start(SOURCE[row : row + 1, :length])
            written = alone(model.step, state, 6)
            assert found.tokens[row].tolist() == written + [PAD] * (6 - len(written))
            assert abs(found.scores[row].item() - score(model.step, state, written)) <= TIGHT


def test_nothing_after_the_end_and_no_padding_before_it():
    for seed in range(20):
        found = greedy(history_step(5, seed), torch.zeros(1, 1, dtype=torch.int64), max_length=8)
        tokens = found.tokens[0].tolist()
        end = tokens.index(END) if END in tokens else 8
        assert PAD not in tokens[:end]
        assert tokens[end + 1 :] == [PAD] * (8 - end - 1) if end < 8 else True


def test_padding_is_never_chosen_even_if_it_is_the_most_probable():
    logs = torch.tensor([[0.9, 0.0, 0.02, 0.08]]).log()
    found = greedy(lambda tokens, state: (logs, state), torch.zeros(1, 1), max_length=2)
    assert found.tokens.tolist() == [[3, 3]]
    assert abs(found.scores.item() - 2 * logs[0, 3].item()) <= 1e-6


@pytest.mark.parametrize("device", DEVICES)
def test_it_runs_where_the_state_is(device):
    model = translator().to(device)
    with torch.no_grad():
        found = greedy(model.step, model.start(SOURCE.to(device)), max_length=4)
    assert found.tokens.device.type == device
    assert found.tokens.shape == (3, 4)


@pytest.mark.errors
def test_at_least_one_symbol():
    with pytest.raises(ValueError, match="greedy: max_length must be a whole number of at least 1, got 0"):
        greedy(history_step(5), torch.zeros(1, 1), max_length=0)
