"""Who won? Sentences whose meaning lies in the order of their words."""

from collections.abc import Sequence
from itertools import permutations
from typing import NamedTuple

from seqgraph.core.expect import expect_size

NAMES = "ann bob cleo dan eve fay gus hua ian joy kim lin mei ned ola pia".split()
VERBS = ("beats", "loses-to")


class Contests(NamedTuple):
    """Sentences of three words, and for each the name of the winner."""

    sentences: list[list[str]]
    """A name, a verb, another name."""
    winners: list[str]
    """One of the two names."""


def who_won(num_names: int, verbs: Sequence[str] = ("beats",)) -> Contests:
    r"""All sentences "A beats B" and "A loses-to B" over a few names, and who won, verb after verb.

    With each sentence stands its mirror image, "B beats A": whoever sees the words without their order is
    right on at most half of all sentences.

    Args:
        num_names: how many names, from 2 to 16.
        verbs: which verbs, ``"beats"`` or ``"loses-to"`` or both; each once.

    Raises:
        ValueError: num_names or a verb is out of range.

    Example:
        >>> who_won(2)
        Contests(sentences=[['ann', 'beats', 'bob'], ['bob', 'beats', 'ann']], winners=['ann', 'bob'])
    """
    expect_size(
        "who_won",
        "num_names",
        num_names,
        least=2,
        most=len(NAMES),
        why="so many names are known",
    )
    if not verbs or len(set(verbs)) < len(verbs) or not set(verbs) <= set(VERBS):
        raise ValueError(
            f"who_won: verbs must be some of {list(VERBS)}, each once, got {list(verbs)}."
        )
    sentences, winners = [], []
    for verb in verbs:
        for first, second in permutations(NAMES[:num_names], 2):
            sentences.append([first, verb, second])
            winners.append(first if verb == "beats" else second)
    return Contests(sentences, winners)
