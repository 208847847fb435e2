"""Releases: nothing secret gets out, the same bytes each time, and nbgrader and students can use them."""

import ast
import copy
import json
import re
from pathlib import Path

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import CheckCellMetadata

from classroom import checks
from classroom.author.leaks import leaks
from classroom.author.new import new
from classroom.author.release import release, released_notebook
from classroom.author.source import load_assignment
from classroom.errors import ClassroomError
from tests.classroom.author.source_maker import cell, cells, changed, save

ROOT = Path(__file__).parents[3]
WRITTEN = sorted(path.parent.name for path in (ROOT / "exercises").glob("*/assignment.yml"))
SECRETS = [None, *(b"the secret of one class" + bytes([n]) for n in range(3))]


def released(folder, made=None, secret=None, url=""):
    path = release("small-steps", save(folder, made), folder / "out", secret, url)
    return json.loads(path.read_text(encoding="utf-8"))


def by_id(notebook):
    return {
        c["metadata"]["nbgrader"]["grade_id"]: c for c in notebook["cells"] if "nbgrader" in c["metadata"]
    }


def text_of(found):
    return "".join(found["source"])


def regions(source):
    """Split all lines of a source notebook into those in a region and the others, by marker lines alone."""
    inside, outside = [], []
    for found in source["cells"]:
        about = found.get("metadata", {}).get("nbgrader", {})
        lines, depth = "".join(found["source"]).split("\n"), 0
        whole = about.get("grade") and about.get("solution") and "BEGIN SOLUTION" not in "".join(lines)
        for line in lines:
            if re.search("### END (SOLUTION|HIDDEN)", line):
                depth = 0
            (inside if depth or whole else outside).append(line.strip())
            if re.search("### BEGIN (SOLUTION|HIDDEN)", line):
                depth = 1
    return {line for line in inside if line and not line.startswith("### ")}, set(outside)


def assert_nothing_secret(name, exercises, out, secret):
    source = json.loads((exercises / name / f"{name}.ipynb").read_text(encoding="utf-8"))
    inside, outside = regions(source)
    assert inside
    path = release(name, exercises, out, secret)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert all(c.get("outputs", []) == [] for c in found["cells"])
    lines = {line.strip() for c in found["cells"] for line in text_of(c).split("\n")}
    public = outside | {
        line.strip() for line in Path(checks.__file__).read_text(encoding="utf-8").split("\n")
    }
    assert sorted(lines & (inside - public)) == []
    for words in ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS", "BEGIN VARIANT", "END VARIANT"):
        assert words not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("name", WRITTEN)
def test_no_secret_line_of_any_assignment_is_released(tmp_path, name, secret):
    assert_nothing_secret(name, ROOT / "exercises", tmp_path, secret)


@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_line_of_the_template_is_released(tmp_path, secret):
    new("starter", tmp_path / "exercises")
    assert_nothing_secret("starter", tmp_path / "exercises", tmp_path / "out", secret)


def test_no_secret_line_of_the_small_one_is_released(tmp_path):
    save(tmp_path)
    assert_nothing_secret("small-steps", tmp_path / "exercises", tmp_path / "out", None)


def test_solutions_become_stubs_and_hidden_tests_vanish(tmp_path):
    found = by_id(released(tmp_path))
    assert text_of(found["double"]).split("\n")[-2:] == [
        "    # YOUR CODE HERE",
        "    raise NotImplementedError()",
    ]
    assert text_of(found["double-values"]).startswith('check.close("of one"')
    assert "\n" not in text_of(found["double-values"])
    assert text_of(found["shift-more"]) == ""


def test_an_answer_graded_by_hand_is_secret_from_its_first_line(tmp_path):
    answer = "The reference answer."
    code = cell("code", "answer = 42", "because", grade=True, solution=True, points=1)
    text = json.dumps(released(tmp_path, [*changed("why", source=answer), code]))
    assert answer not in text
    assert "answer = 42" not in text
    assert "YOUR ANSWER HERE" in text


def test_each_task_is_told_what_it_gives_and_what_it_does_not_allow(tmp_path):
    found = {c["id"]: text_of(c) for c in released(tmp_path)["cells"]}
    assert found["double-facts"] == (
        "**Task `double`:** 2 points · about 5 minutes · level 1 of 3 · chapter: gated-units/gru"
        " · not allowed here: `mul`"
    )
    assert found["shift-facts"].endswith("chapter: gated-units/lstm · variant: up")


def test_a_chapter_that_is_written_is_named_by_its_title_and_linked_where_there_is_an_address(tmp_path):
    chapter = tmp_path / "chapters" / "gated-units" / "gru.ipynb"
    chapter.parent.mkdir(parents=True)
    title = {"cell_type": "markdown", "metadata": {}, "source": "# Gates\n\nWords."}
    chapter.write_text(json.dumps({"cells": [title], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    assert "chapter: Gates ·" in json.dumps(released(tmp_path), ensure_ascii=False)
    link = "chapter: [Gates](https://example.org/a/b/blob/HEAD/chapters/gated-units/gru.ipynb) ·"
    assert link in json.dumps(released(tmp_path, url="https://example.org/a/b/"), ensure_ascii=False)


def test_the_tools_are_the_whole_of_the_checks_and_leave_two_names(tmp_path):
    tools = by_id(released(tmp_path))["tools"]
    assert tools["metadata"]["jupyter"] == {"source_hidden": True}
    assert text_of(tools).startswith("# The checks of this notebook.")
    names = {}
    exec(compile(text_of(tools), "<tools>", "exec"), names)
    assert {name for name in names if not name.startswith("__")} == {"_checks", "check", "student"}
    with pytest.raises(AssertionError, match="h: expected True, got False"):
        names["check"].true("h", False)
    lines = [line.removeprefix("    ") for line in text_of(tools).split("\n")]
    assert Path(checks.__file__).read_text(encoding="utf-8").strip() in "\n".join(lines)


def test_a_release_needs_nothing_but_pytorch(tmp_path):
    for found in released(tmp_path)["cells"]:
        if found["cell_type"] == "code":
            assert "classroom" not in [
                alias.name.partition(".")[0]
                for node in ast.walk(ast.parse(text_of(found)))
                if isinstance(node, ast.Import | ast.ImportFrom)
                for alias in node.names
            ]
            assert "from classroom" not in text_of(found)


def test_the_same_source_gives_the_same_bytes(tmp_path):
    made = copy.deepcopy(cells())
    paths = [release("small-steps", save(tmp_path, made), tmp_path / str(n), None) for n in range(2)]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert len({c["id"] for c in json.loads(paths[0].read_text())["cells"]}) == len(made) + 2


@pytest.mark.parametrize("name", ["small-steps", *WRITTEN])
def test_nbgrader_and_jupyter_accept_it(tmp_path, name):
    exercises = save(tmp_path) if name == "small-steps" else ROOT / "exercises"
    notebook = nbformat.read(release(name, exercises, tmp_path / "out", None), as_version=4)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    CheckCellMetadata().preprocess(notebook, {})


def test_metadata_say_what_validate_needs(tmp_path):
    notebook = released(tmp_path)
    assert notebook["metadata"]["classroom"] == {
        "assignment": "small-steps",
        "limits": {"cell_seconds": 4, "notebook_mb": 20},
    }
    assert by_id(notebook)["double"]["metadata"]["classroom"] == {"banned": ["mul"]}


def test_the_source_is_never_overwritten(tmp_path):
    exercises = save(tmp_path)
    before = (exercises / "small-steps" / "small-steps.ipynb").read_bytes()
    with pytest.raises(ClassroomError, match="this is the source notebook"):
        release("small-steps", exercises, exercises, None)
    assert (exercises / "small-steps" / "small-steps.ipynb").read_bytes() == before


@pytest.mark.parametrize(
    ("place", "secret"),
    [
        ("text", "hidden_input = torch.rand(3, generator=check.generator())"),
        ("text", "so hidden_input = torch.rand(3, generator=check.generator()) is drawn"),
        ("text", "return x - 1"),
        ("metadata", "secret_of_double = x + x"),
        ("text", "### BEGIN VARIANT shift up"),
    ],
)
def test_the_second_look_finds_what_the_release_let_out(tmp_path, place, secret):
    exercises = save(tmp_path)
    source = json.loads((exercises / "small-steps" / "small-steps.ipynb").read_text(encoding="utf-8"))
    notebook = released_notebook(load_assignment("small-steps", exercises), exercises)
    assert leaks(source, notebook) == []
    if place == "text":
        notebook["cells"][0]["source"].append("\n  " + secret)
    else:
        notebook["metadata"]["note"] = [secret]
    assert any(found in secret for found in leaks(source, notebook))


def test_a_release_with_a_leak_is_not_written(tmp_path, monkeypatch):
    monkeypatch.setattr("classroom.author.release.without", lambda text, what, stub=(): text)
    with pytest.raises(ClassroomError, match="not released, since this would be let out"):
        released(tmp_path)
    assert not (tmp_path / "out").exists()
