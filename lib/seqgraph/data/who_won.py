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
    r"""All sentences "A beats B" and "A loses-to B" over a few names, and who won.

    Where:
        with each sentence stands its mirror image, "B beats A": the same words, another winner. So whoever
        sees the words without their order is right on at most half of all sentences.

    Args:
        num_names: how many names, from 2 to 16.
        verbs: which verbs, ``"beats"`` or ``"loses-to"`` or both; each once.

    Returns:
        ``(sentences, winners)``: ``num_names * (num_names - 1)`` sentences for each verb, verb after verb.

    Raises:
        ValueError: num_names or a verb is out of range.

    Example:
        >>> sentences, winners = who_won(2, ("beats", "loses-to"))
        >>> for sentence, winner in zip(sentences, winners):
        ...     print(*sentence, "->", winner)
        ann beats bob -> ann
        bob beats ann -> bob
        ann loses-to bob -> bob
        bob loses-to ann -> ann
    """
    expect_size("who_won", "num_names", num_names, most=len(NAMES), why="so many names are known")
    if num_names < 2:
        raise ValueError("who_won: num_names must be at least 2 (nobody can beat himself), got 1.")
    if not verbs or len(set(verbs)) < len(verbs) or not set(verbs) <= set(VERBS):
        raise ValueError(f"who_won: verbs must be some of {list(VERBS)}, each once, got {list(verbs)}.")
    sentences, winners = [], []
    for verb in verbs:
        for first, second in permutations(NAMES[:num_names], 2):
            sentences.append([first, verb, second])
            winners.append(first if verb == "beats" else second)
    return Contests(sentences, winners)
