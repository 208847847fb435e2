"""The floor under each statement's margin: what falls below is named with its chapter and its share."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest

from classroom.stored_runs import MARGINS, Run, StoredRuns
from seqgraph.show.margin import VARIABLE
from tests import margins
from tests.margins import compare
from tests.nbval_plugin import margins_file


def line(values, bound, kind="below", statement="test MSE"):
    bound = bound if isinstance(bound, list) else [bound]
    return {"statement": statement, "kind": kind, "bound": bound, "values": values}


def judged(plain, other, bound, kind="below"):
    (found,), faults = compare("part/one", [line(plain, bound, kind)], [line(other, bound, kind)])
    assert not faults
    return found


@pytest.mark.parametrize(
    ("values", "bound", "kind", "share"),
    [
        ([0.99], 1.0, "below", 0.01),
        ([0.5, 0.9], 1.0, "below", 0.1),
        ([202.0], 200.0, "above", 0.01),
        ([-101.0], -100.0, "below", 0.01),
        ([0.101], [0.1, 0.2], "between", 0.01),
        ([0.199], [0.1, 0.2], "between", 0.01),
        ([0.703, 0.9], 0.7, "above", 0.01),
        # Saturated: it cannot pass 1. A count that meets its bound can.
        ([1.0], [0.9, 1.0], "between", 1.0),
        ([22.0], [5.0, 22.0], "between", 0.0),
        # Error below 0.01, and there is none.
        ([1.0], 0.99, "above", 1.0),
        ([0.24], 0.2, "above", 0.2),
        ([3e-16], 1e-12, "below", 0.9997),
    ],
)
def test_share_of_the_bound(values, bound, kind, share):
    found = judged(values, values, bound, kind)
    assert found.share == pytest.approx(share)
    assert bool(found.fault) == (share < 0.05)


@pytest.mark.parametrize(
    ("plain", "other", "bound", "kind", "good"),
    [
        ([0.7], [0.6], 1.0, "below", True),
        ([0.7], [0.59], 1.0, "below", False),
        # One seed moves far, another is nearest: that one may move as far on a third machine.
        ([0.8, 0.1], [0.8, 0.2], 1.0, "below", False),
        # What moves far is of another size, and moves little of it.
        ([0.7, 4e4], [0.7001, 4.0001e4], 0.05, "above", True),
        ([0.1], [0.09], 0.0, "above", True),
        ([0.1], [0.06], 0.0, "above", False),
        ([3e-16], [9e-16], 1e-12, "below", True),
    ],
)
def test_the_distance_is_three_times_the_movement(plain, other, bound, kind, good):
    assert (judged(plain, other, bound, kind).fault is None) == good


def test_passes_that_make_other_statements_are_a_fault():
    one, two = line([0.1], 1.0), line([0.1], 1.0, statement="training MSE")
    assert compare("c", [one], [two])[1] == [
        "c: the two passes made different statements: 'test MSE' and 'training MSE'"
    ]
    assert compare("c", [one, two], [one])[1] == [
        "c: the two passes made different statements: 2 and 1 of them"
    ]


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of one chapter that both passes have run: its statements are given."""
    (tmp_path / "lib" / "seqgraph").mkdir(parents=True)
    (tmp_path / "requirements.lock").write_text("torch==2.13.0\n")
    chapter = tmp_path / "chapters" / "part" / "one.ipynb"
    chapter.parent.mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")]), chapter)
    folder = tmp_path / "_build" / "margins"
    for module in ("tests.margins", "tests.nbval_plugin"):
        monkeypatch.setattr(f"{module}.ROOT", tmp_path)
    monkeypatch.setattr(margins, "MARGINS", folder)
    folder.mkdir(parents=True)

    def ran(plain, other, moves=True):
        texts = ["".join(json.dumps(each) + "\n" for each in lines) for lines in (plain, other)]
        runs = StoredRuns(tmp_path)
        runs.renew()
        runs.keep(chapter, Run(nbformat.read(chapter, as_version=4), 1.0, 1.0, texts[0], None))
        file = margins_file(folder, chapter)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(texts[1])
        (folder / "about.json").write_text(json.dumps({"key": runs.wanted, "moves": moves}))

    return ran


def test_a_statement_at_one_per_cent_of_its_bound_is_caught_by_name(course, capsys):
    good = line([0.1], 1.0, statement="good MSE"), line([0.1001], 1.0, statement="good MSE")
    near = line([0.99], 1.0, statement="near MSE")
    course([good[0], near], [good[1], near])
    assert margins.main([]) == 1
    told = capsys.readouterr().out
    assert "chapters/part/one.ipynb: near MSE: its distance is 1.0% of the bound (at least 5%)" in told
    assert "good" not in told
    assert margins.main(["--table"]) == 0
    table = capsys.readouterr().out
    assert "90.0%    90.0%    1e-04  chapters/part/one.ipynb: good MSE" in table
    assert table.index("near MSE") < table.index("good MSE")


def test_the_passes_set_the_variable_that_the_library_reads():
    assert MARGINS == VARIABLE


def test_wide_margins_pass_and_truth_values_are_counted(course, capsys):
    truth = {"statement": "same", "kind": "truth", "bound": [], "values": [1.0]}
    course([line([0.1], 1.0), truth], [line([0.1001], 1.0), truth])
    assert margins.main([]) == 0
    assert "1 statements with a bound, 0 faults; 1 statements are true without one" in capsys.readouterr().out


def test_passes_between_which_nothing_moved_tried_nothing(course, capsys):
    course([line([0.1], 1.0)], [line([0.1], 1.0)])
    assert margins.main([]) == 1
    assert "no value of any chapter moved between the passes" in capsys.readouterr().out
    # On a machine where no setting moves anything there is nothing to find.
    course([line([0.1], 1.0)], [line([0.1], 1.0)], moves=False)
    assert margins.main([]) == 0


def test_a_missing_or_older_pass_is_told(course, tmp_path, capsys):
    course([line([0.1], 1.0)], [line([0.1001], 1.0)])
    shutil.rmtree(tmp_path / "_build" / "margins" / "chapters")
    assert margins.main([]) == 1
    assert "chapters/part/one.ipynb: no run of the strict comparison" in capsys.readouterr().out
    Path(tmp_path / "lib" / "seqgraph" / "new.py").write_text("")
    assert margins.main([]) == 1
    assert 'make test STEPS="notebooks book margins"' in capsys.readouterr().out
