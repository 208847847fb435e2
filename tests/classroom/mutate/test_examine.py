"""Whole examinations of a small assignment: a good one, and one with every kind of hole."""

from dataclasses import replace

import pytest

from classroom.mutate.editions import editions
from classroom.mutate.examine import examine
from classroom.mutate.trials import DRAWS, Marks, Trial
from classroom.mutate.verdict import faults, source_faults
from tests.classroom.mutate.small_assignment import make
from tests.classroom.needs import needs_bubblewrap


@pytest.mark.slow
def test_good_tests_have_no_faults(tmp_path):
    needs_bubblewrap()
    ticks = []
    report = examine("small", make(tmp_path), tick=lambda done, total: ticks.append((done, total)))
    assert report.faults == []
    assert report.survivors == []
    blend, count = report.rows["blend"], report.rows["count"]
    assert blend.mutants == blend.killed > 20
    assert count.mutants == count.killed > 5
    # Both variants: ten ways to spoil each, and the other one's solution.
    assert blend.spoiled == 22
    assert (blend.right, blend.wrong, count.right, count.wrong) == (4, 2, 4, 2)
    assert report.draws >= DRAWS * 5
    assert ticks[-1][0] == ticks[-1][1] == len(ticks)
    assert "blend" in report.table()


@pytest.mark.slow
def test_holes_in_tests_are_found(tmp_path):
    needs_bubblewrap()
    # No difference between the variants, no look at the arguments, and zeros are among what may be drawn.
    weak = """
    one = torch.ones(2).double()
    check.close("equal ones", blend(one, one, one / 4), one)
    ### BEGIN HIDDEN TESTS
    many = torch.rand(1, generator=check.generator()).item() < 0.5
    check.true("shape or more", many or blend(one, one * 2, one / 2).shape == (2,))
    ### END HIDDEN TESTS
    """
    equal = """
    - {task: count, operator: NumberReplacer, occurrence: 99, reason: no such mutant}
    - {task: blend, operator: AddNot, diff: "- nothing\\n+ here", reason: nor such a one}
    """
    draws = """\
    # loses: blend
    # task: blend
    def blend(old, new, z):
        return torch.ones(2 if old.equal(new) else 3).double()
    """
    passes = (
        "# loses: count, blend\n# task: count\ndef count(numbers):\n    return sum(n > 0 for n in numbers)\n"
    )
    report = examine(
        "small", make(tmp_path, weak, equal, **{"wrong-draws": draws, "wrong-count": passes}), workers=2
    )
    told = "\n".join(report.faults)
    assert "solution of variant writes (variant keeps): blend loses no point" in told
    assert "changes an argument (variant keeps): blend loses no point" in told
    assert "is right for public inputs only (variant keeps): blend loses no point" in told
    assert "wrong-count (variant keeps): count loses no point" in told
    assert "wrong-count (variant keeps): blend loses no point" in told
    assert "wrong-draws (variant keeps): blend gets from 0 to 2 points, depending on the inputs" in told
    assert "no surviving mutant is meant by count: NumberReplacer: occurrence 99" in told
    assert "no surviving mutant is meant by blend: AddNot: - nothing / + here" in told
    assert "mutant blend (keeps): " in told
    assert "at least 95% are needed" in told


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return editions("small", make(tmp_path_factory.mktemp("small")))


def marks(*draws):
    return Marks(tuple({task: (points, "said") for task, points in draw.items()} for draw in draws), 0.1)


@pytest.mark.parametrize(
    ("trial", "seen", "said"),
    [
        (Trial("reference", "r", 0, {}, ("blend",)), [{"blend": 2.0}], None),
        (Trial("reference", "r", 0, {}, ("blend",)), [{"blend": 1.5}], "blend gets 1.5 of 2 points: said"),
        (Trial("blank", "b", 0, {}, ("blend",), ("blend",)), [{"blend": 0.0}], None),
        (Trial("blank", "b", 0, {}, ("blend",), ("blend",)), [{"blend": 0.5}], "0.5 points with nothing"),
        (Trial("mutant", "m", 0, {}, ("count",), ("count",)), [{"count": 0.5}], None),
        (Trial("mutant", "m", 0, {}, ("count",), ("count",)), [{"count": 1.0}], "count loses no point"),
        (Trial("wrong", "w", 0, {}, ("blend", "count"), ("count",)), [{"blend": 2.0, "count": 0.0}], None),
        (
            Trial("wrong", "w", 0, {}, ("blend", "count"), ("count",)),
            [{"blend": 1.0, "count": 0.0}],
            "blend gets 1 of 2",
        ),
        (
            Trial("wrong", "w", 0, {}, ("count",), ("count",)),
            [{"count": 0.0}, {"count": 0.5}],
            "from 0 to 0.5 points",
        ),
        (
            Trial("right", "w", 0, {}, ("count",)),
            [{"count": 1.0}, {"count": 0.5}],
            "from 0.5 to 1 points",
        ),
    ],
)
def test_what_must_come_of_a_trial(found, trial, seen, said):
    told = faults(trial, marks(*seen), found[0].assignment)
    assert [said in fault for fault in told] == ([True] if said else [])


def test_right_answers_are_needed_and_must_differ_from_the_reference(found):
    assert source_faults(found) == []
    first = found[0]
    copied = {task.id: f"# A copy.\n{task.solution}" for task in first.assignment.tasks}
    answers = replace(first.answers, right=(copied,))
    told = source_faults([replace(first, answers=answers)])
    assert [fault.partition(":")[0] for fault in told] == ["answers/right-*.py", "blend", "count"]
