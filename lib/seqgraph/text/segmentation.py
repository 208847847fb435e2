"""Words as tags: BMES, spans, and the rules between the tags."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

BMES = "BMES"
FOLLOWS = {"B": "ME", "M": "ME", "E": "BS", "S": "BS"}
STARTS, ENDS = "BS", "ES"


class TagRules(NamedTuple):
    """Which tag may begin, follow and end: scores of 0 for allowed and minus infinity for forbidden."""

    start: Float[Tensor, " C"]
    """Score of each tag at the first step."""
    between: Float[Tensor, "C C"]
    """Score of the tag of the column right after the tag of the row."""
    end: Float[Tensor, " C"]
    """Score of each tag at the last step."""


def word_spans(words: Sequence[str]) -> list[tuple[int, int]]:
    r"""Say where each word of an unspaced sentence stands: (a, b) are the characters a, ..., b - 1, from 0.

    Args:
        words: the words in order; an empty one is a ValueError.

    Example:
        >>> word_spans(["我", "从", "小学", "毕业"])
        [(0, 1), (1, 2), (2, 4), (4, 6)]
    """
    if not all(words):
        raise ValueError(f"word_spans: no word may be empty, got {list(words)}.")
    return list(pairwise(accumulate(map(len, words), initial=0)))


def spans_to_bmes(spans: Sequence[tuple[int, int]]) -> str:
    r"""Write words as tags: B begins a word, M is inside, E ends it, S is a word of one character.

    Args:
        spans: as ``word_spans`` gives them; the first begins at 0, each next one where the last one ends.

    Raises:
        ValueError: a span is empty, or there is a gap or an overlap.

    Example:
        >>> spans_to_bmes([(0, 1), (1, 3), (3, 7)])
        'SBEBMME'
    """
    tags, place = "", 0
    for start, end in spans:
        if start != place or end <= start:
            wanted = f"expected a span that begins at {place} and is not empty"
            raise ValueError(f"spans_to_bmes: {wanted}, got ({start}, {end}).")
        tags += "S" if end == start + 1 else "B" + "M" * (end - start - 2) + "E"
        place = end
    return tags


def bmes_to_spans(tags: str | Sequence[str]) -> list[tuple[int, int]]:
    r"""Read tags as words, ill-formed ones too: the inverse of ``spans_to_bmes``.

    A border stands before each B and S and after each E and S, and nowhere else inside. So where tags are
    ill-formed, M and E go on with the word before, if that is still open, and else begin one.

    Args:
        tags: letters of "BMES", one a character.

    Example:
        >>> bmes_to_spans("SBEBMME")
        [(0, 1), (1, 3), (3, 7)]
        >>> bmes_to_spans("MBBE")  # M begins a word, the first B is cut short
        [(0, 1), (1, 2), (2, 4)]
    """
    _expect_tags("bmes_to_spans", tags)
    inside = [
        t for t in range(1, len(tags)) if tags[t] in STARTS or tags[t - 1] in ENDS
    ]
    borders = [0, *inside, len(tags)]
    return list(pairwise(borders)) if tags else []


def is_well_formed(tags: str | Sequence[str]) -> bool:
    r"""Say whether tags can come from words: every B is closed by an E, and M and E only stand in between.

    Args:
        tags: letters of "BMES", one a character.

    Example:
        >>> is_well_formed("SBME"), is_well_formed("SBM"), is_well_formed("BSE")
        (True, False, False)
    """
    _expect_tags("is_well_formed", tags)
    if not tags:
        return True
    follow = all(second in FOLLOWS[first] for first, second in pairwise(tags))
    return tags[0] in STARTS and tags[-1] in ENDS and follow


def bmes_rules() -> TagRules:
    r"""Return the rules of BMES as scores for ``viterbi``: 0 where a tag may stand, else minus infinity.

    Example:
        >>> bmes_rules().between.isfinite().int().tolist()  # rows and columns: B, M, E, S
        [[0, 1, 1, 0], [0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 0, 1]]
    """

    def scores(allowed: str) -> Tensor:
        return torch.tensor([0.0 if tag in allowed else -torch.inf for tag in BMES])

    return TagRules(
        scores(STARTS),
        torch.stack([scores(FOLLOWS[tag]) for tag in BMES]),
        scores(ENDS),
    )


def _expect_tags(who: str, tags: str | Sequence[str]) -> None:
    for tag in tags:
        if tag not in set(BMES):
            raise ValueError(f"{who}: tags must be letters of {BMES}, got {tag!r}.")
