"""The made class: what is written, and that its marks come out as designed through the commands."""

import json
import sqlite3
from pathlib import Path

import pytest

from classroom.__main__ import main
from classroom.example.recipes import CELLS, CLASS, FILES, FULL, NOTHING, SOME, designed, plan
from tests.classroom.needs import needs_bubblewrap

TASKS = ["a", "b", "c"]
SECRET = b"the secret of the made class"


def test_there_are_thirty_and_every_recipe_is_known():
    assert len(CLASS) == 30
    for recipe in CLASS.values():
        cells, file = plan(recipe, TASKS)
        assert set(cells.values()) <= CELLS.keys()
        assert file in {"", *FILES}


def test_every_way_to_hand_in_is_in_the_class():
    words = [word for recipe in CLASS.values() for word in recipe.replace(":", "").split()]
    assert {*CELLS, *FILES} <= set(words)


def test_the_last_word_of_a_recipe_holds_for_all_tasks_that_follow():
    assert plan("right blank", TASKS) == ({"a": "right", "b": "blank", "c": "blank"}, "")
    assert plan("right: empty", TASKS) == (dict.fromkeys(TASKS, "right"), "empty")


def test_the_design_follows_from_the_recipe():
    assert designed("wrong blank right", TASKS) == {"a": SOME, "b": NOTHING, "c": FULL}
    assert designed("right: truncated", TASKS) == dict.fromkeys(TASKS, NOTHING)
    assert designed("right: reordered", TASKS) == dict.fromkeys(TASKS, FULL)


@pytest.mark.slow
def test_the_class_is_graded_as_designed_and_a_changed_mark_is_found(tmp_path, capsys):
    needs_bubblewrap()
    (tmp_path / "secret").write_bytes(SECRET)
    ledger = str(tmp_path / "ledger.sqlite")
    secret = ["--secret", str(tmp_path / "secret")]
    assert main(["example", "gated-units", "--out", str(tmp_path), *secret]) == 0
    submitted = sorted(path.name for path in (tmp_path / "submitted").iterdir())
    assert submitted == sorted(CLASS)
    assert main(["example", "gated-units", "--out", str(tmp_path), *secret]) == 2
    assert "is there already" in capsys.readouterr().err
    grade = ["grade", str(tmp_path / "submitted"), "--assignment", "gated-units", "--db", ledger, *secret]
    assert main(grade) == 0
    assert main(["example", "gated-units", "--check", ledger, *secret]) == 0
    assert "as designed" in capsys.readouterr().out
    change_a_mark(ledger)
    assert main(["example", "gated-units", "--check", ledger, *secret]) == 1
    assert "of 2 points, designed: full" in capsys.readouterr().out
    feedback(tmp_path, ledger, secret)


def change_a_mark(ledger):
    with sqlite3.connect(ledger) as base:
        (sha, text) = base.execute(
            "SELECT sha, outcome FROM ledger_result WHERE points = max_points LIMIT 1"
        ).fetchone()
        outcome = json.loads(text)
        outcome["tests"][0]["points"] = 0.0
        base.execute("UPDATE ledger_result SET outcome = ? WHERE sha = ?", (json.dumps(outcome), sha))
    base.close()


def feedback(folder, ledger, secret):
    """See that every student gets a page, and the class a table and a report."""
    place = ["gated-units", "--db", ledger, *secret, "--out"]
    assert main(["feedback", *place, str(folder / "feedback")]) == 0
    assert len(list((folder / "feedback").glob("*.html"))) == 30
    assert main(["export", "--to", "csv", *place, str(folder / "marks.csv")]) == 0
    assert len(Path(folder / "marks.csv").read_text(encoding="utf-8-sig").splitlines()) == 31
    assert main(["report", *place, str(folder / "report.html")]) == 0
    assert (folder / "report.html").stat().st_size > 10_000
