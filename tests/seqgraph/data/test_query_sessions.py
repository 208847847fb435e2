"""Invented search sessions: habits, held-out pairs, candidates."""

from collections import Counter, defaultdict

import pytest

from seqgraph.data import query_candidates, query_sessions
from seqgraph.data.query_sessions import CAPITALS, COUNTRIES, HABITS, TOPICS
from tests.checks.numbers import generator

EXTRAS = {word for pair in TOPICS for _, word in pair}


def parts(query):
    """(country number, at the capital?, pair, side, extra word or none), read from the words again."""
    *extra, place, topic = query
    pair, side = next((p, s) for p, pair in enumerate(TOPICS) for s in (0, 1) if pair[s][0] == topic)
    capital = place in CAPITALS
    return (CAPITALS if capital else COUNTRIES).index(place), capital, pair, side, tuple(extra)


def change(one, two):
    """The name of the one thing that differs between two queries."""
    a, b = parts(one), parts(two)
    assert a[0] == b[0]
    assert a[2] == b[2]
    differs = [i for i in (1, 3, 4) if a[i] != b[i]]
    assert len(differs) == 1
    if differs == [1]:
        return "narrow" if b[1] else "widen"
    return "switch" if differs == [3] else "add" if b[4] else "drop"


def test_words_are_distinct():
    words = [*COUNTRIES, *CAPITALS, *EXTRAS, *(topic for pair in TOPICS for topic, _ in pair)]
    assert len(words) == len(set(words)) == 40


def test_every_session_follows_a_habit():
    seen = Counter()
    for session in query_sessions(400, generator()):
        changes = " ".join(map(change, session.queries, session.queries[1:]))
        begin = parts(session.queries[0])
        seen[begin[1], begin[4] != (), changes] += 1
        assert set().union(*session.queries) - EXTRAS <= {*COUNTRIES, *CAPITALS} | {
            t for p in TOPICS for t, _ in p
        }
    assert set(seen) == set(HABITS)
    assert min(seen.values()) > 20


def test_what_is_added_belongs_to_the_topic():
    for session in query_sessions(200, generator()):
        for one, two in zip(session.queries, session.queries[1:], strict=False):
            if change(one, two) == "add":
                _, _, pair, side, extra = parts(two)
                assert extra == (TOPICS[pair][side][1],)


def test_the_changes_tell_the_last_one_and_the_last_query_does_not():
    by_changes, by_form = defaultdict(set), defaultdict(set)
    for capital, extra, changes in HABITS:
        *seen, last = changes.split()
        by_changes[tuple(seen)].add(last)
        for step in seen:
            capital = {"narrow": True, "widen": False}.get(step, capital)
            extra = {"add": True, "drop": False}.get(step, extra)
        by_form[capital, extra].add(last)
    assert all(len(last) == 1 for last in by_changes.values())
    assert max(map(len, by_form.values())) >= 3


def test_held_out_pairs_are_never_drawn_otherwise():
    kept = {parts(s.queries[0])[::2][:2] for s in query_sessions(600, generator(), held_out=True)}
    drawn = {parts(s.queries[0])[::2][:2] for s in query_sessions(1500, generator(1))}
    assert len(kept) == 12
    assert len(drawn) == 36
    assert not kept & drawn
    assert {country for country, _ in kept} == {country for country, _ in drawn}
    assert {pair for _, pair in kept} == {pair for _, pair in drawn}


def test_sites_tell_topic_country_or_level():
    kinds = Counter()
    for session in query_sessions(300, generator()):
        assert len(session.sites) == len(session.queries) - 1
        for query, site in zip(session.queries, session.sites, strict=False):
            country, capital, pair, side, _ = parts(query)
            level = "city-guide.example" if capital else "country-facts.example"
            known = (f"{TOPICS[pair][side][0]}.example", f"visit-{COUNTRIES[country]}.example", level)
            kinds[known.index(site)] += 1
    assert min(kinds.values()) > 250


def test_the_same_seed_gives_the_same_sessions():
    assert query_sessions(5, generator(7)) == query_sessions(5, generator(7))
    assert query_sessions(5, generator(7)) != query_sessions(5, generator(8))


@pytest.mark.parametrize("number", [1, 2, 10, 12])
def test_candidates_are_distinct_and_of_two_groups(number):
    for session in query_sessions(40, generator()):
        candidates = query_candidates(session, number, generator())
        right = parts(session.queries[-1])
        assert candidates[:2] == [session.queries[-1], session.queries[-2]][:number]
        assert len(set(candidates)) == len(candidates) == number
        for query in candidates[2::2]:  # near
            assert parts(query)[::2][:2] == right[::2][:2]
        for query in candidates[3::2]:  # far
            far = parts(query)
            assert (far[0] == right[0]) + (far[2] == right[2]) == 1
            assert (far[1], far[3], bool(far[4])) == (right[1], right[3], bool(right[4]))


def test_candidates_are_drawn_evenly():
    session = query_sessions(1, generator())[0]
    draws = generator(1)
    seen = Counter(query for _ in range(3000) for query in query_candidates(session, 12, draws)[2:])
    near = [
        count for query, count in seen.items() if parts(query)[::2][:2] == parts(session.queries[0])[::2][:2]
    ]
    far = [
        count for query, count in seen.items() if parts(query)[::2][:2] != parts(session.queries[0])[::2][:2]
    ]
    assert (len(near), len(far)) == (10, 14)
    assert all(abs(count - 3000 * 5 / 10) < 150 for count in near)
    assert all(abs(count - 3000 * 5 / 14) < 150 for count in far)


@pytest.mark.errors
def test_refusals():
    with pytest.raises(
        ValueError, match="query_sessions: number must be a whole number of at least 1, got 0"
    ):
        query_sessions(0, generator())
    with pytest.raises(TypeError, match=r"query_sessions: generator must be a torch\.Generator, got int"):
        query_sessions(3, 0)
    session = query_sessions(1, generator())[0]
    for number in (0, 13):
        with pytest.raises(
            ValueError, match=r"query_candidates: number must be a whole number in 1..12 .*, got "
        ):
            query_candidates(session, number, generator())
    with pytest.raises(
        TypeError, match=r"query_candidates: generator must be a torch\.Generator, got NoneType"
    ):
        query_candidates(session, 3, None)
