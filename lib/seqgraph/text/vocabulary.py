"""A vocabulary: which word has which number."""

from collections import Counter
from collections.abc import Iterable, Sequence

import torch
from jaxtyping import Int64
from torch import Tensor

from seqgraph.core.expect import expect_size

UNKNOWN = "<unk>"


class Vocabulary:
    r"""Words and their indices (词表): index 0 is kept for every word that is not known.

    Args:
        words: the known words, each once; the first one gets index 1.

    Raises:
        ValueError: a word comes twice, or is the mark of the unknown word.

    Example:
        >>> words = Vocabulary.of(["deep learning is very deep".split()])
        >>> words.encode("deep learning is very deep".split())
        tensor([1, 2, 3, 4, 1])
        >>> len(words), words.decode(words.encode(["very", "shallow"]))
        (5, ['very', '<unk>'])
    """

    def __init__(self, words: Iterable[str]):
        self.words = (UNKNOWN, *words)
        self._index = {word: number for number, word in enumerate(self.words)}
        if len(self._index) < len(self.words):
            twice = next(
                word for word, times in Counter(self.words).items() if times > 1
            )
            raise ValueError(
                f"Vocabulary: words must differ from each other and from '<unk>', got {twice!r}."
            )

    @classmethod
    def of(
        cls, sentences: Iterable[Sequence[str]], max_words: int | None = None
    ) -> "Vocabulary":
        r"""Collect the words of tokenised sentences in the order in which they first appear.

        With ``max_words`` only the most frequent ones are known, of two equally frequent ones the earlier.
        """
        if max_words is not None:
            expect_size("Vocabulary", "max_words", max_words)
        counts = Counter(word for sentence in sentences for word in sentence)
        frequent = {word for word, _ in counts.most_common(max_words)}
        return cls(word for word in counts if word in frequent)

    def encode(self, tokens: Sequence[str]) -> Int64[Tensor, " T"]:
        """The indices of a list of words; 0 for each word that is not known."""
        if isinstance(tokens, str):
            raise TypeError(
                f"Vocabulary: tokens must be a list of words, got the text {tokens!r}."
            )
        return torch.tensor(
            [self._index.get(token, 0) for token in tokens], dtype=torch.int64
        )

    def decode(self, indices: Iterable[int] | Tensor) -> list[str]:
        """The words of a list of indices."""
        return [self.words[number] for number in torch.as_tensor(indices).tolist()]

    def __len__(self) -> int:
        """V: the number of known words, and one for the unknown."""
        return len(self.words)

    def __contains__(self, word: str) -> bool:
        return word in self._index
