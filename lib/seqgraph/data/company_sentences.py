"""Sentences about companies, with the facts that a reader would note down."""

from typing import NamedTuple

import torch

from seqgraph.core.expect import expect_generator, expect_size

FIELDS = ("O", "company", "founder", "year", "revenue")

# COMPANY, FOUNDER, YEAR and REVENUE are what is asked for; OLD_YEAR and OLD_REVENUE only stand beside it.
_TEMPLATES = """
COMPANY founder FOUNDER SAID that revenue REACHED REVENUE in YEAR , UP from OLD_REVENUE in OLD_YEAR .
FOUNDER , founder of COMPANY , SAID that revenue REACHED REVENUE in YEAR .
COMPANY , founded by FOUNDER , REACHED a revenue of REVENUE in YEAR .
after OLD_REVENUE in OLD_YEAR , COMPANY REACHED REVENUE in YEAR , SAID its founder FOUNDER .
in YEAR COMPANY REACHED REVENUE , SAID FOUNDER , its founder .
in OLD_YEAR COMPANY still made OLD_REVENUE ; founder FOUNDER SAID that YEAR brought REVENUE .
"""
TEMPLATES = tuple(line.split() for line in _TEMPLATES.strip().splitlines())
WORDS = {
    "SAID": "said;announced;told reporters",
    "REACHED": "reached;came to;grew to",
    "UP": "up;a rise",
}
GIVEN = "Ana Bruno Clara Dario Elif Farid Grace Hugo Ines Jun Kofi Lena".split()
FAMILY = "Alvarez Berg Chen Diallo Endo Fischer Gupta Haddad Ito Jensen".split()
FIRMS = (
    "Alpen Borea Cobalt Delta Ember Fjord Granit Halo Indigo Jade Krill Lumen".split()
)
KINDS = "Foods Motors Labs Media Textiles".split()
UNITS = ("million yuan", "billion yuan", "million euros", "million")


class TaggedSentence(NamedTuple):
    """A sentence, token by token, with one tag a token."""

    tokens: tuple[str, ...]
    """Words, numbers and punctuation."""
    tags: tuple[str, ...]
    """One of "O" (nothing), "company", "founder", "year" and "revenue" a token."""


class CompanySentences(NamedTuple):
    """Sentences to train and to test; none of the test sentences has the form of a training sentence."""

    train: list[TaggedSentence]
    """Sentences to learn from."""
    test: list[TaggedSentence]
    """Other sentences."""


def company_sentences(
    num_train: int, num_test: int, generator: torch.Generator
) -> CompanySentences:
    r"""Make up sentences about a company, its founder, a year and its revenue, with a tag for each token.

    A sentence often names two years and two sums, of which one year and its sum are asked for: those of the
    report, not those it is compared with. Companies and people are invented. Written with ``word_shape`` no
    two sentences are equal.

    Args:
        num_train: number of sentences to train on, at least 1.
        num_test: number of sentences to test on, at least 1.
        generator: on the CPU: the same seed gives the same sentences on every machine.

    Raises:
        ValueError: there are not so many different forms; 1000 in all are safe.

    Example:
        >>> train, test = company_sentences(2, 1, torch.Generator().manual_seed(1))
        >>> len(train), len(test), len(train[0].tokens) == len(train[0].tags)
        (2, 1, True)
    """
    total = expect_size("company_sentences", "num_train", num_train)
    total += expect_size("company_sentences", "num_test", num_test)
    expect_generator("company_sentences", generator)
    found: dict[tuple, TaggedSentence] = {}
    for _ in range(100 * total):
        sentence = _draw(generator)
        found.setdefault(tuple(map(word_shape, sentence.tokens)), sentence)
        if len(found) == total:
            sentences = list(found.values())
            return CompanySentences(sentences[:num_train], sentences[num_train:])
    raise ValueError(
        f"company_sentences: {total} sentences of different form are too many."
    )


def word_shape(token: str) -> str:
    r"""Replace a capitalised word by "Xx" and each digit by 9, so that new names look like old ones.

    Args:
        token: a word, a number or punctuation.

    Example:
        >>> [word_shape(token) for token in "Halo founder Lena Ito 2015 78.5".split()]
        ['Xx', 'founder', 'Xx', 'Xx', '9999', '99.9']
    """
    if token[:1].isupper():
        return "Xx"
    return "".join("9" if letter.isdigit() else letter for letter in token)


def _draw(generator: torch.Generator) -> TaggedSentence:
    def number(low: int, high: int) -> int:
        return int(torch.randint(low, high, (1,), generator=generator))

    def pick(choices):
        return choices[number(0, len(choices))]

    def revenue() -> str:
        return (
            pick([str(number(10, 1000)), f"{number(10, 100)}.{number(0, 10)}"])
            + " "
            + pick(UNITS)
        )

    year = number(2001, 2025)
    values = {
        "COMPANY": pick(FIRMS) + pick(["", " " + pick(KINDS)]),
        "FOUNDER": f"{pick(GIVEN)} {pick(FAMILY)}",
        "YEAR": str(year),
        "OLD_YEAR": str(year - 1),
        "REVENUE": revenue(),
        "OLD_REVENUE": revenue(),
    }
    tokens, tags = [], []
    for slot in pick(TEMPLATES):
        words = values.get(slot) or (
            pick(WORDS[slot].split(";")) if slot in WORDS else slot
        )
        field = slot.lower() if slot in values and slot.lower() in FIELDS else "O"
        tokens += words.split()
        tags += [field] * len(words.split())
    return TaggedSentence(tuple(tokens), tuple(tags))
