"""A new run against the stored one, by the rules of nbval's strict mode."""

import re
from pathlib import Path

import pytest

from classroom.compare import differences, read_patterns, stored_outputs
from tests.classroom.notebook_maker import code, notebook, shown, stream, text

ROOT = Path(__file__).resolve().parents[2]


def told(stored, new, patterns=(), **more):
    return differences(
        notebook(text(), code(outputs=stored, **more)), notebook(code(outputs=new)), list(patterns)
    )


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        ([], []),
        ([stream("1\n2\n")], [stream("1\n"), stream("2\n")]),
        ([stream(["1\n", "2\n"])], [stream("1\n2\n")]),
        ([shown(text_plain="x")], [shown(text_plain="x", image_png="new")]),
        ([shown(text_plain="x"), stream("1\n")], [stream("1\n"), shown(text_plain="x")]),
        (
            [shown(text_plain="x")],
            [{**shown(text_plain="x"), "output_type": "execute_result", "execution_count": 7}],
        ),
    ],
)
def test_what_is_the_same(stored, new):
    assert told(stored, new) == []


@pytest.mark.parametrize(
    ("stored", "new", "kind"),
    [
        ([stream("0.12\n")], [stream("0.13\n")], "stdout"),
        ([stream("1\n")], [], "stdout"),
        ([], [stream("careful\n", "stderr")], "stderr"),
        ([shown(text_plain="x")], [shown(text_plain="y")], "text/plain"),
        ([shown(text_plain="x")], [shown(text_plain="x"), shown(text_plain="x")], "text/plain"),
        ([shown(text_html="<b>")], [shown(text_plain="b")], "text/html"),
        ([], [{"output_type": "error", "ename": "E", "evalue": "no", "traceback": []}], "error"),
    ],
)
def test_what_differs_is_told_with_its_cell_and_kind(stored, new, kind):
    assert f"cell 2, {kind}" in [line.split("\n")[0] for line in told(stored, new)]


def test_both_texts_are_shown():
    (line,) = told([stream("loss 0.12\n")], [stream("loss 0.13\n")])
    assert line == "cell 2, stdout\n    stored:\n      loss 0.12\n    new:\n      loss 0.13"


def test_an_exempt_cell_is_not_compared_and_not_counted():
    exempt = {"metadata": {"tags": ["nbval-ignore-output"]}}
    assert told([stream("1\n")], [stream("2\n")], **exempt) == []
    assert (
        stored_outputs(notebook(code(outputs=[stream("1\n")], **exempt), code(outputs=[stream("1\n")]))) == 1
    )


def test_patterns_are_read_as_nbval_reads_them():
    patterns = read_patterns(ROOT / "tests" / "nbval.cfg")
    from nbval.plugin import get_sanitize_patterns

    theirs = get_sanitize_patterns((ROOT / "tests" / "nbval.cfg").read_text())
    assert {(regex.pattern, replace) for regex, replace in patterns} == set(
        theirs.items() if isinstance(theirs, dict) else theirs
    )
    assert told([stream("<at 0x7f0000aa>")], [stream("<at 0x7f0000bb>")], patterns) == []


def test_a_pattern_does_not_hide_the_rest():
    pattern = (re.compile("0x[0-9a-f]+"), "ADDRESS")
    assert told([stream("<a at 0x1>")], [stream("<b at 0x2>")], [pattern])
