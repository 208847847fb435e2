"""What goes into the ledger comes out again, once, on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import create_engine, text

from classroom.errors import ClassroomError
from classroom.ledger.address import parse_address
from classroom.ledger.rows import Counts, event_lines
from classroom.ledger.store import Ledger
from tests.classroom.ledger.outcomes import NOON, ODD, REFUSED, at, graded


@pytest.fixture
def ledger(address):
    with Ledger(address) as opened:
        opened.set_version("v1", "gru", "first tests")
        yield opened


def put(ledger, student, data, minutes=0.0, assignment="gru"):
    return ledger.add_submission(assignment, student, data, f"{student}.ipynb", at(minutes))


def test_a_result_is_kept_once_and_comes_back_equal(ledger):
    sha = put(ledger, "ann", b"\0notebook\xff")
    outcome, before = graded(2.0, 1 / 3, 0.0, text=ODD), datetime.now(UTC)
    assert not ledger.known(sha, "v1")
    assert ledger.record(sha, "v1", outcome, 2, "worker-1") is True
    assert ledger.record(sha, "v1", graded(0.0), 1, "worker-2") is False
    assert ledger.known(sha, "v1")
    assert not ledger.known(sha, "v2")
    (row,) = ledger.results("gru", "v1")
    assert row.outcome == outcome
    assert (row.student, row.sha, row.attempts, row.worker) == ("ann", sha, 2, "worker-1")
    assert row.received == NOON
    assert row.received.tzinfo == row.finished.tzinfo == UTC
    assert before <= row.finished <= datetime.now(UTC)
    assert ledger.submission_bytes(sha) == b"\0notebook\xff"


def test_scores_agree_with_the_outcome(ledger, address):
    sha = put(ledger, "ann", b"x")
    outcome = graded(2.0, 1 / 3, 0.0)
    ledger.record(sha, "v1", outcome, 1, "w")
    engine = create_engine(parse_address(address))
    with engine.connect() as connection:
        query = "SELECT task, test, points, max_points, reason FROM ledger_score ORDER BY position"
        rows = connection.execute(text(query)).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [
        (test.task, test.test, test.points, test.max_points, test.reason) for test in outcome.tests
    ]


def test_adding_again_changes_nothing(ledger):
    first = put(ledger, "ann", b"x")
    assert put(ledger, "ann", b"x") == first
    assert len(ledger.latest("gru")) == 1
    ledger.set_version("v1", "gru", "other words")
    assert [version.description for version in ledger.versions("gru")] == ["first tests"]


def test_the_last_received_counts_and_going_back_is_a_new_submission(ledger):
    old = put(ledger, "ann", b"old", minutes=1)
    new = put(ledger, "ann", b"new", minutes=2)
    put(ledger, "ann", b"late to arrive", minutes=0)
    assert [row.sha for row in ledger.latest("gru")] == [new]
    put(ledger, "ann", b"old", minutes=3)
    assert [row.sha for row in ledger.latest("gru")] == [old]


def test_among_equal_times_the_last_added_counts(ledger):
    put(ledger, "ann", b"first")
    second = put(ledger, "ann", b"second")
    put(ledger, "ann", b"first")  # known: stays where it was
    assert [row.sha for row in ledger.latest("gru")] == [second]


def test_an_old_result_does_not_stand_for_a_new_submission(ledger):
    sha = put(ledger, "ann", b"old")
    ledger.record(sha, "v1", graded(2.0), 1, "w")
    put(ledger, "ann", b"new", minutes=1)
    assert ledger.results("gru", "v1") == []
    assert ledger.counts("gru", "v1") == Counts(students=1, graded=0, refused=0)


def test_the_same_bytes_of_two_students_have_one_result_and_say_so(ledger):
    shas = {put(ledger, name, b"same") for name in ("zoe", "ann", "bob")}
    put(ledger, "bob", b"own", minutes=1)
    own = put(ledger, "eve", b"eve's")
    (sha,) = shas
    assert ledger.record(sha, "v1", graded(1.0), 1, "w")
    ledger.record(own, "v1", graded(1.0), 1, "w")
    assert {row.student: row.shared_with for row in ledger.results("gru", "v1")} == {
        "ann": ("bob", "zoe"),
        "eve": (),
        "zoe": ("ann", "bob"),
    }


def test_assignments_and_versions_are_kept_apart(ledger):
    ledger.set_version("v2", "gru", "")
    ledger.set_version("w1", "gcn", "")
    sha = put(ledger, "ann", b"x")
    put(ledger, "bob", b"x", assignment="gcn")
    ledger.record(sha, "v1", graded(1.0), 1, "w")
    ledger.record(sha, "v2", graded(2.0), 1, "w")
    assert [row.outcome.points for row in ledger.results("gru", "v2")] == [2.0]
    assert ledger.results("gru", "v1")[0].shared_with == ()
    assert ledger.results("gcn", "w1") == []
    assert [version.version for version in ledger.versions("gru")] == ["v1", "v2"]


def test_counts_of_graded_refused_and_waiting(ledger):
    ledger.record(put(ledger, "ann", b"a"), "v1", graded(1.0), 1, "w")
    ledger.record(put(ledger, "bob", b"b"), "v1", REFUSED, 1, "w")
    put(ledger, "eve", b"e")
    counts = ledger.counts("gru", "v1")
    assert (counts.students, counts.graded, counts.refused, counts.waiting) == (3, 1, 1, 1)


@pytest.mark.parametrize(("sha", "version"), [("0" * 64, "v1"), (None, "v9")])
def test_a_result_of_something_unknown_is_refused(ledger, sha, version):
    known = put(ledger, "ann", b"x")
    with pytest.raises(ClassroomError, match="add_submission and set_version come first"):
        ledger.record(sha or known, version, graded(1.0), 1, "w")
    assert ledger.counts("gru", "v1").graded == 0


def test_unknown_bytes_and_times_without_zone_are_refused(ledger):
    with pytest.raises(ClassroomError, match="holds no submission feed"):
        ledger.submission_bytes("feed")
    with pytest.raises(Exception, match="expected a time with its time zone") as raised:
        ledger.add_submission("gru", "ann", b"x", "u", NOON.replace(tzinfo=None))
    assert isinstance(raised.value.__cause__ or raised.value, ClassroomError)


def test_times_of_any_zone_come_back_in_utc(ledger):
    moment = NOON.replace(microsecond=7).astimezone(timezone(timedelta(hours=-9)))
    ledger.add_submission("gru", "ann", b"x", "u", moment)
    (row,) = ledger.latest("gru")
    assert (row.received, row.received.tzinfo) == (moment, UTC)


def test_names_of_any_script_are_kept_and_half_characters_escaped(ledger):
    for name in ("李雷", "Ünal", "o'neil", "a\ud800", "a\0"):
        put(ledger, name, name.encode("utf-8", "replace"))
        put(ledger, name, name.encode("utf-8", "replace"))
    assert [row.student for row in ledger.latest("gru")] == ["a\\ud800", "a\\x00", "o'neil", "Ünal", "李雷"]


def test_events_keep_their_order_and_are_exported(ledger):
    for number in range(3):
        ledger.event("grade", f"run {number}\n李")
    assert [event.text for event in ledger.events()] == ["run 0\n李", "run 1\n李", "run 2\n李"]
    lines = event_lines(ledger.events()).splitlines()
    assert len(lines) == 3
    assert '"kind": "grade", "text": "run 0\\n李"' in lines[0]


def test_everything_is_there_when_the_ledger_is_opened_again(address):
    with Ledger(address) as ledger:
        ledger.set_version("v1", "gru")
        ledger.record(put(ledger, "ann", b"x"), "v1", graded(2.0, 1.0), 1, "w")
        before = ledger.results("gru", "v1")
    with Ledger(address) as ledger:
        assert ledger.results("gru", "v1") == before
