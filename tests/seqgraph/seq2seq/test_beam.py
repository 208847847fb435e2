"""Beam search: of full width it is enumeration, of width 1 it is greedy search."""

import pytest
import torch

from seqgraph.seq2seq import END, PAD, beam_search, greedy
from tests.checks.numbers import DEVICES, TIGHT, same_bits
from tests.seqgraph.seq2seq.steps import everything, history_step, score, translator

ZERO = torch.zeros(1, 1, dtype=torch.int64)
SOURCE = torch.tensor([[5, 7, 4, 2], [6, 2, 0, 0], [4, 4, 2, 0]])


def ranked(step, state, vocabulary, max_length):
    """All sequences with their scores, the best first."""
    scored = [(score(step, state, sequence), sequence) for sequence in everything(vocabulary, max_length)]
    return sorted(scored, key=lambda pair: -pair[0])


@pytest.mark.parametrize(("vocabulary", "max_length"), [(3, 3), (4, 3), (5, 3), (4, 5)])
@pytest.mark.parametrize("seed", range(3))
def test_full_width_is_enumeration(vocabulary, max_length, seed):
    step = history_step(vocabulary, seed)
    expected = ranked(step, ZERO, vocabulary, max_length)
    found = beam_search(step, ZERO, max_length, width=len(expected))
    assert torch.isfinite(found.scores).all()
    for (wanted, sequence), tokens, got in zip(
        expected, found.tokens[0].tolist(), found.scores[0], strict=True
    ):
        assert abs(wanted - got.item()) <= TIGHT
        assert tokens == sequence + [PAD] * (max_length - len(sequence))


@pytest.mark.parametrize("seed", range(3))
def test_full_width_is_enumeration_for_a_translator_and_each_row_of_a_batch(seed):
    model = translator(vocabulary=5, seed=seed)
    with torch.no_grad():
        width = len(everything(5, 3))
        found = beam_search(model.step, model.start(SOURCE), 3, width)
        for row, length in enumerate((4, 2, 3)):
            (best, sequence), *_ = ranked(model.step, model.start(SOURCE[row : row + 1, :length]), 5, 3)
            assert found.tokens[row, 0].tolist() == sequence + [PAD] * (3 - len(sequence))
            assert abs(best - found.scores[row, 0].item()) <= TIGHT


@pytest.mark.parametrize("seed", range(5))
def test_width_one_is_greedy(seed):
    model = translator(seed=seed)
    with torch.no_grad():
        wide, narrow = (
            beam_search(model.step, model.start(SOURCE), 6, width=1),
            greedy(model.step, model.start(SOURCE), 6),
        )
    assert same_bits(wide.tokens[:, 0], narrow.tokens)
    assert (wide.scores[:, 0] - narrow.scores).abs().max() <= TIGHT


@pytest.mark.parametrize("width", [1, 2, 3, 7])
def test_every_score_belongs_to_its_sequence_and_they_fall(width):
    for seed in range(10):
        step = history_step(5, seed)
        found = beam_search(step, ZERO, 4, width)
        assert bool((found.scores[0].diff() <= 0).all())
        assert len({tuple(tokens) for tokens in found.tokens[0].tolist()}) == width
        for tokens, got in zip(found.tokens[0].tolist(), found.scores[0].tolist(), strict=True):
            sequence = tokens[: tokens.index(END) + 1] if END in tokens else tokens
            assert PAD not in sequence
            assert abs(score(step, ZERO, sequence) - got) <= TIGHT


def test_the_chapters_table_where_greedy_misses_the_best():
    """A with .6 is followed by END or A alike (.5); B with .4 is followed by END for sure."""
    table = torch.zeros(5, 5, dtype=torch.float64)
    table[1, 3], table[1, 4], table[3, 2], table[3, 3], table[4, 2] = 0.6, 0.4, 0.5, 0.5, 1.0

    def step(tokens, state):
        return table.log()[tokens], state

    narrow, wide = greedy(step, ZERO, 2), beam_search(step, ZERO, 2, width=2)
    assert abs(narrow.scores.exp().item() - 0.3) <= TIGHT
    assert wide.tokens[0, 0].tolist() == [4, END]
    assert abs(wide.scores[0, 0].exp().item() - 0.4) <= TIGHT


def test_a_wider_beam_than_there_are_sequences_says_so():
    found = beam_search(history_step(3), ZERO, 1, width=6)
    assert torch.isfinite(found.scores[0, :2]).all()
    assert bool((found.scores[0, 2:] == -torch.inf).all())
    assert not bool(found.scores.isnan().any())


@pytest.mark.parametrize("device", DEVICES)
def test_it_runs_where_the_state_is(device):
    model = translator().to(device)
    with torch.no_grad():
        found = beam_search(model.step, model.start(SOURCE.to(device)), max_length=4, width=3)
    assert found.tokens.device.type == device
    assert found.tokens.shape == (3, 3, 4)


@pytest.mark.errors
@pytest.mark.parametrize("name", ["max_length", "width"])
def test_sizes_are_at_least_one(name):
    sizes = {"max_length": 2, "width": 2, name: 0}
    with pytest.raises(ValueError, match=f"beam_search: {name} must be a whole number of at least 1, got 0"):
        beam_search(history_step(5), ZERO, **sizes)
