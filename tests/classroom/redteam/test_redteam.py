"""The corpus against this grader: nobody gains a point, reads, harms, leaks, or spoils the next grade."""

from dataclasses import replace

import pytest

from classroom.outcome import CellOutput
from tests.classroom.redteam.attack import HARM, HIDDEN_MARKER, Attack
from tests.classroom.redteam.corpus import ATTACKS
from tests.classroom.redteam.honest import WHOLE
from tests.classroom.redteam.surroundings import descendants, left_over
from tests.classroom.redteam.verdict import faults

BY_NAME = {attack.name: attack for attack in ATTACKS}
REFERENCE = BY_NAME["honest-reference"]


def test_the_corpus_is_large_and_its_names_are_unique():
    assert len(BY_NAME) == len(ATTACKS)
    assert sum(attack.family != "honest" for attack in ATTACKS) >= 75


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_gets_nothing(shooting_range, attack):
    place = shooting_range
    before = descendants(place.warm.pid)
    outcome = place.grade(attack, attack.build(place.book))
    found = faults(attack, outcome, place.assignment(attack), place.canaries.token)
    found += [f"changed {path}" for path in place.canaries.changed()]
    found += place.listeners.reached()
    if left := left_over(place.warm.pid, before):
        found.append(f"{len(left)} processes are left")
    following = place.grade(REFERENCE, REFERENCE.build(place.book))
    found += [
        f"the next: {fault}" for fault in faults(REFERENCE, following, place.open, place.canaries.token)
    ]
    assert found == []


@pytest.mark.parametrize("name", WHOLE)
def test_honest_work_takes_no_banned_route(shooting_range, name):
    attack = replace(BY_NAME[f"honest-{name}"], family="banned")
    outcome = shooting_range.grade(attack, attack.build(shooting_range.book))
    assert faults(attack, outcome, shooting_range.strict, "no canary") == []


def spoilt(outcome, **changes):
    return replace(outcome, tests=(replace(outcome.tests[0], **changes), *outcome.tests[1:]))


# The rules themselves: each planted fault must be found.
PLANTED = {
    "status": lambda o: replace(o, status="lost"),
    "no reason": lambda o: replace(o, reason=""),
    "reason of two lines": lambda o: replace(o, reason="a\nb"),
    "a test is missing": lambda o: replace(o, tests=o.tests[1:]),
    "a test is there twice": lambda o: replace(o, tests=(*o.tests, o.tests[0])),
    "a point lost": lambda o: spoilt(o, points=0.0, reason="lost"),
    "no reason for a lost point": lambda o: spoilt(o, points=0.0),
    "too many points": lambda o: spoilt(o, points=9.0),
    "no number": lambda o: spoilt(o, points=float("nan")),
    "a hidden test is shown": lambda o: spoilt(o, message=f"marker = {HIDDEN_MARKER!r}"),
    "a hidden input is shown": lambda o: spoilt(o, message="LEAK 7.0625"),
    "a canary is shown": lambda o: replace(o, outputs=(CellOutput(0, "the canary"),)),
    "harm is told": lambda o: replace(o, outputs=(CellOutput(0, f"{HARM}root"),)),
    "endless": lambda o: replace(o, outputs=(CellOutput(0, "x" * (5 << 20)),)),
}


@pytest.mark.parametrize("plant", PLANTED.values(), ids=PLANTED)
def test_the_rules_find_a_planted_fault(shooting_range, plant):
    place = shooting_range
    sound = place.grade(REFERENCE, REFERENCE.build(place.book))
    assert faults(REFERENCE, sound, place.open, "the canary") == []
    assert faults(REFERENCE, plant(sound), place.open, "the canary") != []


def test_points_outside_what_may_be_kept_are_found(shooting_range):
    place = shooting_range
    sound = place.grade(REFERENCE, REFERENCE.build(place.book))
    thief = Attack("thief", "patching", REFERENCE.build, frozenset({"rnn_step"}))
    assert any(
        "gcn_layer-values gained 1 points" in fault for fault in faults(thief, sound, place.open, "no")
    )


def test_the_surroundings_notice_what_is_done_to_them(shooting_range):
    import socket
    import subprocess

    place = shooting_range
    with socket.create_connection(("127.0.0.1", place.listeners.port), 5):
        assert place.listeners.reached() != []
    assert place.listeners.reached() == []
    place.canaries.files[0].write_text("changed")
    assert place.canaries.changed() == [str(place.canaries.files[0])]
    place.canaries.plant()
    import os

    before = descendants(os.getpid())
    with subprocess.Popen(["sleep", "60"]) as sleeper:
        assert left_over(os.getpid(), before, 0.1) == {sleeper.pid}
        sleeper.kill()
