"""Search sessions of users that nobody has watched: generated, with real words."""

from itertools import chain, product
from typing import NamedTuple

import torch

from seqgraph.core.expect import expect_generator, expect_size

Query = tuple[str, ...]

COUNTRIES = "japan italy france spain egypt peru greece norway kenya cuba china thailand".split()
CAPITALS = "tokyo rome paris madrid cairo lima athens oslo nairobi havana beijing bangkok".split()
# Two topics that users switch between, each with the word that its users like to add.
TOPICS = (
    (("hotel", "cheap"), ("restaurant", "family")),
    (("museum", "free"), ("tickets", "student")),
    (("flights", "business"), ("visa", "tourist")),
    (("weather", "winter"), ("map", "coast")),
)
# How a user begins (at the capital? with the extra word?) and what the user does then, to the last change.
HABITS = (
    (False, False, "narrow add switch"),
    (False, False, "add narrow drop"),
    (True, False, "switch add widen"),
    (True, False, "widen switch add"),
    (False, True, "drop narrow add"),
    (True, True, "switch widen drop"),
    (True, False, "add switch widen"),
    (False, False, "switch narrow add"),
    (False, False, "narrow switch add drop"),
    (True, False, "add drop switch widen"),
)
MOST_CANDIDATES = 30


class QuerySession(NamedTuple):
    """What one user asked, and the site that the user opened after each query."""

    queries: tuple[Query, ...]
    """Queries, each a tuple of words; the last one is to be suggested."""
    sites: tuple[str, ...]
    """One clicked site a query; what was clicked after the last query is not known yet."""


class _Intent(NamedTuple):
    place: int
    pair: int
    side: int = 0
    capital: bool = False
    extra: int | None = None  # the side whose extra word stands in the query

    def words(self) -> Query:
        word = () if self.extra is None else (TOPICS[self.pair][self.extra][1],)
        where = (CAPITALS if self.capital else COUNTRIES)[self.place]
        return (*word, where, TOPICS[self.pair][self.side][0])

    def sites(self) -> tuple[str, str, str]:
        topic = TOPICS[self.pair][self.side][0]
        level = "city-guide" if self.capital else "country-facts"
        return (
            f"{topic}.example",
            f"visit-{COUNTRIES[self.place]}.example",
            f"{level}.example",
        )

    def after(self, change: str) -> "_Intent":
        if change == "switch":
            return self._replace(side=1 - self.side)
        if change in ("narrow", "widen"):
            return self._replace(capital=change == "narrow")
        return self._replace(extra=self.side if change == "add" else None)


def query_sessions(
    number: int, generator: torch.Generator, held_out: bool = False
) -> list[QuerySession]:
    r"""Draw search sessions (搜索会话) of 4 or 5 queries, of invented users who plan a journey.

    Each user has one of 10 habits: a first query, two or three changes that lead to the query before the
    last, and the last change, which the changes so far tell and the words of one query do not. The changes
    are *narrow* (japan to tokyo), *widen* (tokyo to japan), *add* a word (cheap), *drop* it, and *switch* the
    topic (hotel to restaurant). There are 12 countries with their capitals and 4 pairs of topics.

    Args:
        number: how many sessions, at least 1.
        generator: on the CPU: the same seed gives the same sessions on every machine.
        held_out: draw only the 12 of 48 (country, topics) pairs, one a country, that are never drawn without
            it.

    Example:
        >>> [session] = query_sessions(1, torch.Generator().manual_seed(3))
        >>> print(" | ".join(" ".join(query) for query in session.queries))
        beijing map | coast beijing map | coast beijing weather | coast china weather
    """
    expect_size("query_sessions", "number", number)
    expect_generator("query_sessions", generator)
    cells = [
        (c, p)
        for c in range(len(COUNTRIES))
        for p in range(len(TOPICS))
        if is_held_out(c, p) == held_out
    ]
    return [_session(cells, generator) for _ in range(number)]


def is_held_out(country: int, pair: int) -> bool:
    """Return whether this country and pair of topics are kept for testing: one pair a country."""
    return (country + pair) % len(TOPICS) == 0


def query_candidates(
    session: QuerySession, number: int, generator: torch.Generator
) -> list[Query]:
    r"""The next query, which stands first, and wrong ones that look like it, for a model to rank.

    The query before it, a tempting wrong answer, is always among the candidates. The others are drawn by
    turns from two groups. *Near* ones are about the same country and pair of topics: other place, other
    topic, with each extra word or without. *Far* ones have the form of the right one, but another country or
    another pair.

    Args:
        session: whose last query is the right answer.
        number: how many candidates in all, 1 to 12.
        generator: a CPU generator.

    Example:
        >>> generator = torch.Generator().manual_seed(4)
        >>> [session] = query_sessions(1, generator)
        >>> query_candidates(session, 10, generator)[0] == session.queries[-1]
        True
    """
    expect_generator("query_candidates", generator)
    expect_size(
        "query_candidates", "number", number, most=12, why="five near and five far ones"
    )
    right, before = session.queries[-1], session.queries[-2]
    near, far = _near(right), _far(right)
    near = [
        near[i]
        for i in torch.randperm(len(near), generator=generator).tolist()
        if near[i] != before
    ]
    far = [far[i] for i in torch.randperm(len(far), generator=generator).tolist()]
    return [right, before, *chain(*zip(near, far, strict=False))][:number]


def _near(query: Query) -> list[Query]:
    intent = _read(query)
    forms = product((0, 1), (False, True), (None, 0, 1))
    return [
        words
        for side, capital, extra in forms
        if (words := intent._replace(side=side, capital=capital, extra=extra).words())
        != query
    ]


def _far(query: Query) -> list[Query]:
    intent = _read(query)
    elsewhere = [
        intent._replace(place=c) for c in range(len(COUNTRIES)) if c != intent.place
    ]
    elsewhere += [
        intent._replace(pair=p) for p in range(len(TOPICS)) if p != intent.pair
    ]
    return [one.words() for one in elsewhere]


def _read(query: Query) -> _Intent:
    *extra, place, topic = query
    pair, side = next(
        (p, s) for p, pair in enumerate(TOPICS) for s in (0, 1) if pair[s][0] == topic
    )
    capital = place in CAPITALS
    side_of = {word: s for s, (_, word) in enumerate(TOPICS[pair])}
    number = (CAPITALS if capital else COUNTRIES).index(place)
    return _Intent(number, pair, side, capital, side_of[extra[0]] if extra else None)


def _session(cells: list[tuple[int, int]], generator: torch.Generator) -> QuerySession:
    def draw(below: int) -> int:
        return int(torch.randint(below, (1,), generator=generator))

    capital, extra, changes = HABITS[draw(len(HABITS))]
    (place, pair), side = cells[draw(len(cells))], draw(2)
    intent = _Intent(place, pair, side, capital, side if extra else None)
    asked, sites = [intent], []
    for change in changes.split():
        sites.append(asked[-1].sites()[draw(3)])
        asked.append(asked[-1].after(change))
    return QuerySession(tuple(one.words() for one in asked), tuple(sites))
