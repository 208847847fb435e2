"""What every memory of sentences asks of its input, and the bags of words that it stores."""

import torch
from jaxtyping import Bool, Int, Int64
from torch import Tensor

from seqgraph.core.expect import expect, expect_indices


def bags(words: Tensor, num_words: int, dtype: torch.dtype) -> Tensor:
    """How often each word stands in the last axis, ``[..., V]``; 0, which fills up, does not count."""
    none = torch.zeros(*words.shape[:-1], num_words, dtype=dtype, device=words.device)
    return none.scatter_add(-1, words.long(), (words > 0).to(dtype))


def expect_story(
    who: str,
    sentences: Tensor,
    question: Tensor,
    ages: Tensor | None,
    num_words: int,
    most: int,
) -> tuple[Bool[Tensor, "B M"], Int[Tensor, "B M"]]:
    """Return where there is a sentence, and how old each is, or raise a readable error."""
    expect(who, "sentences", sentences, ("B", "M", "L"))
    expect(who, "question", question, (len(sentences), "Q"), "B as the sentences")
    for name, words in (("sentences", sentences), ("question", question)):
        expect_indices(who, name, words, num_words)
    there = (sentences > 0).any(-1)
    for name, full in (("story", there), ("question", question > 0)):
        if not bool(full.any(-1).all()):
            empty = int((~full.any(-1)).nonzero()[0])
            raise ValueError(
                f"{who}: a {name} must hold a word, got one of zeros in row {empty}."
            )
    if ages is None:
        later = there.flip(1).cumsum(1).flip(1)  # this sentence and those after it
        ages = later - 1
        if int(later.max()) > most:
            raise ValueError(
                f"{who}: a story must have at most {most} sentences (max_memories), got {int(later.max())}."
            )
    expect(who, "ages", ages, tuple(there.shape), "one a sentence")
    return there, expect_indices(who, "ages", torch.where(there, ages, 0), most)


def expect_facts(
    who: str, facts: Tensor, num_facts: int, there: Bool[Tensor, "B M"]
) -> Int64[Tensor, "B K"]:
    """Return facts that are given, or raise unless each is the place of a sentence."""
    B, M = there.shape
    expect(who, "facts", facts, (B, num_facts), f"num_facts={num_facts}")
    facts = expect_indices(who, "facts", facts, M).long()
    if not bool(there.gather(1, facts).all()):
        raise ValueError(f"{who}: facts must name sentences, got an empty place.")
    return facts
