"""The record of margins: nothing without the variable, one line a statement with it."""

import json

import pytest
import torch

from seqgraph.show import check
from seqgraph.show.margin import MOST_VALUES, VARIABLE


@pytest.fixture
def lines(tmp_path, monkeypatch):
    path = tmp_path / "margins.jsonl"
    monkeypatch.setenv(VARIABLE, str(path))
    return lambda: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_without_the_variable_nothing_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    check("MSE", 0.5, below=1)
    assert capsys.readouterr().out == "✓ MSE < 1\n"
    assert list(tmp_path.iterdir()) == []


def test_each_statement_leaves_its_bound_and_its_values(lines, capsys):
    check("MSE", torch.tensor([0.5, 0.25], dtype=torch.float64), below=1)
    check("accuracy", {"a": 1}, above=torch.tensor(0.5))
    check("share", 0.5, between=(0, 1))
    check("same", True)
    assert capsys.readouterr().out.count("✓") == 4
    assert lines() == [
        {"statement": "MSE < 1", "kind": "below", "bound": [1.0], "values": [0.5, 0.25]},
        {"statement": "accuracy > 0.5", "kind": "above", "bound": [0.5], "values": [1.0]},
        {"statement": "share in [0, 1]", "kind": "between", "bound": [0.0, 1.0], "values": [0.5]},
        {"statement": "same", "kind": "truth", "bound": [], "values": [1.0]},
    ]


def test_of_many_values_the_outermost_are_kept(lines):
    check("gaps", torch.linspace(0, 0.5, MOST_VALUES + 1), below=1)
    assert lines()[0]["values"] == [0.0, 0.5]


def test_a_statement_that_fails_leaves_no_line(lines, tmp_path):
    with pytest.raises(AssertionError, match="measured 2"):
        check("MSE", 2, below=1)
    assert list(tmp_path.iterdir()) == []
