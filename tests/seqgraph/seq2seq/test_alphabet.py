"""Symbols to numbers and back."""

import pytest
import torch

from seqgraph.seq2seq import BEGIN, END, PAD, UNKNOWN, Alphabet

WORDS = [["the", "cat"], ["a", "cat", "sat"]]


def test_the_special_numbers_are_the_first_four():
    assert (PAD, BEGIN, END, UNKNOWN) == (0, 1, 2, 3)
    assert min(Alphabet(WORDS).numbers.values()) == 4


@pytest.mark.parametrize("sequences", [["ab", "cab", ""], WORDS], ids=["characters", "words"])
def test_there_and_back(sequences):
    alphabet = Alphabet(sequences)
    numbers = alphabet.encode(sequences)
    assert alphabet.decode(numbers) == [list(sequence) for sequence in sequences]
    assert numbers.dtype == torch.int64
    assert numbers.shape == (len(sequences), 1 + max(map(len, sequences)))
    assert (numbers == END).sum(1).tolist() == [1] * len(sequences)


def test_every_symbol_has_one_number_whatever_the_order():
    one, other = Alphabet(["abc", "d"]), Alphabet(["d", "cba", "cc"])
    assert one.numbers == other.numbers
    assert len(one) == 8
    assert sorted(one.numbers.values()) == [4, 5, 6, 7]
    assert [one.symbols[number] for number in one.numbers.values()] == list(one.numbers)


def test_a_new_symbol_is_unknown():
    alphabet = Alphabet(["ab"])
    assert alphabet.encode(["az"]).tolist() == [[4, UNKNOWN, END]]
    assert alphabet.decode(torch.tensor([[4, UNKNOWN, END]])) == [["a", "<unknown>"]]


def test_nothing_after_the_end_is_read_and_no_end_is_no_harm():
    alphabet = Alphabet(["ab"])
    assert alphabet.decode(torch.tensor([[4, END, 5], [4, 5, 4], [4, PAD, 5]])) == [
        ["a"],
        list("aba"),
        list("ab"),
    ]


def test_no_sequences():
    assert Alphabet([]).encode([]).shape == (0, 0)
