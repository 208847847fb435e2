"""A new assignment is complete: it loads, releases, and its answers do what they say."""

import pytest

from classroom.author.answers import read_answers
from classroom.author.new import new
from classroom.author.source import load_assignment
from classroom.checks import CheckFailed, check, student
from classroom.errors import ClassroomError

SECRETS = [b"the secret of one class" + bytes([n]) for n in range(6)]


def passes(assignment, answer):
    """Return the tasks whose tests all pass for an answer; tasks that it lacks take the reference."""
    passed = set()
    for task in assignment.tasks:
        names = {"check": check, "student": student}
        exec("\n".join(assignment.given), names)
        exec(answer.get(task.id, task.solution), names)
        try:
            for test in task.tests:
                exec(test.source, dict(names))
            passed.add(task.id)
        except CheckFailed:
            pass
    return passed


@pytest.mark.parametrize("secret", SECRETS)
def test_the_template_is_right_in_every_variant(tmp_path, secret):
    assert new("first-steps", tmp_path) == tmp_path / "first-steps"
    assignment = load_assignment("first-steps", tmp_path, secret)
    answers = read_answers(assignment, tmp_path)
    assert (len(answers.right), len(answers.wrong)) == (2, 1)
    assert passes(assignment, {}) == {"leak", "ends"}
    for answer in answers.right:
        assert passes(assignment, answer) == {"leak", "ends"}
    for wrong in answers.wrong:
        assert passes(assignment, wrong.cells) == {"leak", "ends"} - set(wrong.loses)


def test_the_template_has_two_variants_and_the_title_of_its_name(tmp_path):
    new("first-steps", tmp_path)
    made = [load_assignment("first-steps", tmp_path, secret) for secret in SECRETS]
    assert {assignment.tasks[1].variant for assignment in made} == {"last", "first"}
    assert "".join(made[0].notebook["cells"][0]["source"]).startswith("# First steps\n")


def test_nothing_is_overwritten(tmp_path):
    folder = new("first-steps", tmp_path)
    (folder / "assignment.yml").write_text("mine")
    with pytest.raises(ClassroomError, match="is there already; nothing was changed"):
        new("first-steps", tmp_path)
    assert (folder / "assignment.yml").read_text() == "mine"


@pytest.mark.parametrize("name", ["First", "a b", "../a", "", "a--b"])
def test_a_name_that_cannot_be_used_is_told(tmp_path, name):
    with pytest.raises(ClassroomError, match="lower-case words such as gated-units"):
        new(name, tmp_path / "exercises")
    assert not (tmp_path / "exercises").exists()
