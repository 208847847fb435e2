"""The page of run times: processor seconds beside what the design allows."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def rows(seconds):
    spec = importlib.util.spec_from_file_location("run_times", ROOT / "site" / "extensions" / "run_times.py")
    extension = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(extension)
    return extension.rows(seconds)[2:]


def test_each_chapter_and_the_median_stand_beside_what_is_allowed():
    assert rows({"chapters/a": 12.4, "chapters/b": 44.0, "chapters/c": 20.0}) == [
        "| {doc}`/chapters/a` | 12 | 40 |",
        "| {doc}`/chapters/b` | 44 | 40 |",
        "| {doc}`/chapters/c` | 20 | 40 |",
        "| median of all chapters | 20 | 25 |",
    ]


def test_a_chapter_that_the_build_did_not_run_has_no_seconds():
    assert rows({"chapters/a": None}) == ["| {doc}`/chapters/a` | – | 40 |"]
