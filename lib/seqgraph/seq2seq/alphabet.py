"""Symbols and their numbers, with four numbers kept for special use."""

from collections.abc import Iterable, Sequence

import torch
from jaxtyping import Int64
from torch import Tensor

PAD = 0  # fills short sequences up
BEGIN = 1  # is the decoder's first input
END = 2  # closes a sequence
UNKNOWN = 3  # stands for a symbol never seen


class Alphabet:
    r"""The symbols of one side of a translation: characters of strings, or words of lists, numbered from 4.

    Args:
        sequences: what the symbols are collected from; they are sorted, so that their order does not matter.

    Example:
        >>> Alphabet(["ab", "cab"]).encode(["cab", "d"]).tolist()
        [[6, 4, 5, 2], [3, 2, 0, 0]]
    """

    def __init__(self, sequences: Iterable[Sequence[str]]):
        found = sorted({symbol for sequence in sequences for symbol in sequence})
        self.symbols = ["<pad>", "<begin>", "<end>", "<unknown>", *found]
        self.numbers = {symbol: number for number, symbol in enumerate(found, start=4)}

    def __len__(self) -> int:
        """How many numbers there are, V, the special ones included."""
        return len(self.symbols)

    def encode(self, sequences: Iterable[Sequence[str]]) -> Int64[Tensor, "B T"]:
        """Return the numbers, each sequence closed by END and filled up with PAD to the longest."""
        rows = [
            [self.numbers.get(symbol, UNKNOWN) for symbol in sequence] + [END]
            for sequence in sequences
        ]
        length = max(map(len, rows), default=0)
        padded = [row + [PAD] * (length - len(row)) for row in rows]
        return torch.tensor(padded, dtype=torch.int64).view(len(rows), length)

    def decode(self, numbers: Int64[Tensor, "B T"]) -> list[list[str]]:
        """Return the symbols of each row up to its first END; PAD is left out."""
        rows = (
            row[: row.index(END)] if END in row else row for row in numbers.tolist()
        )
        return [
            [self.symbols[number] for number in row if number != PAD] for row in rows
        ]
