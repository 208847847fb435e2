"""The pages that students get."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from classroom.outcome import CellOutput
from classroom.publish.feedback import feedback_page, write_feedback
from tests.classroom.publish import maker

EVIL = "</pre></style><script>alert(1)</script><img src=https://example.org/x onerror=alert(1)>\x1b[31m\u202e"


class Elements(HTMLParser):
    """Collects tags, and the text inside of each kind."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.open = [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attributes]


def elements(page):
    found = Elements()
    found.feed(page)
    return found


def page_of(result=None, data=None, student="ada", assignment=None):
    data = maker.submission() if data is None else data
    return feedback_page(assignment or maker.assignment(), maker.row(student, result, data), data)


def test_page_says_points_reasons_and_times():
    result = maker.outcome((1.5, 1, 0), ("2 of 4 checks failed", "", "hidden check failed: one node"))
    page = page_of(result)
    assert "2.5 of 7 points" in page
    assert "1.5 of 2" in page
    assert "2 of 4 checks failed" in page
    assert "hidden check failed: one node" in page
    assert "all checks passed" in page
    assert "2026-03-01 14:05 UTC" in page
    assert maker.row("ada", result, maker.submission()).sha[:12] in page
    assert "3 points" in re.sub(r"\s+", " ", page)  # the essay, marked by hand
    assert "has hidden checks" in page


def test_page_holds_the_students_cells_and_what_they_printed():
    result = maker.outcome(outputs=(CellOutput(2, "printed words"), CellOutput(3, "", "NameError: y")))
    page = page_of(result, maker.submission(gru="def gru_step(x):\n    return my_own_name", extra="y + 1"))
    assert "my_own_name" in page
    assert "printed words" in page
    assert "NameError: y" in page
    assert "Your other cells" in page
    assert "y + 1" in page


def test_nothing_of_a_hidden_test_is_on_the_page():
    result = maker.outcome(
        (2, 1, 0), ("", "", "hidden check failed: sum"), ("", "", "text made by the student")
    )
    page = page_of(result)
    assert maker.SECRET_LINE not in page
    assert "gcn_layer(1) == 42" not in page
    assert "text made by the student" not in page
    assert "assert gru_step" not in page  # copies of test cells are not the student's own


def test_public_message_is_shown():
    page = page_of(maker.outcome((0, 1, 4), ("check failed", "", ""), ("values: expected 1, got 2", "", "")))
    assert "values: expected 1, got 2" in page


def test_text_of_a_student_is_inert_everywhere():
    result = maker.outcome(
        (0, 0, 0), (EVIL,) * 3, (EVIL,) * 3, outputs=(CellOutput(2, EVIL, EVIL), CellOutput(3, EVIL, EVIL))
    )
    page = page_of(result, maker.submission(gru=EVIL, extra=EVIL), student=EVIL)
    found = elements(page)
    assert not {"script", "img", "link", "iframe", "object", "base", "form"} & set(found.tags)
    assert found.tags.count("style") == 1
    assert not [a for a in found.attributes if a[1].startswith("on") or a[1] in ("src", "style")]
    assert all(value.startswith("#") for _, name, value in found.attributes if name == "href")
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "[U+202E]" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_broken_and_huge_text(tmp_path):
    result = maker.outcome(outputs=(CellOutput(2, "x" * 10_000_000, "\ud800\x00" * 1000),))
    data = maker.submission(gru="# " + "y" * 5_000_000)
    (path,) = write_feedback(maker.assignment(), [maker.row("ada", result, data)], tmp_path, {}.get)
    assert path.stat().st_size < 100_000
    page = page_of(result, data)
    assert len(page) < 100_000
    assert "not shown" in page
    page.encode("utf-8")


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"[1]", b'{"cells": 3}', b'{"cells": [3, {}]}', b"[" * 100_000]
)
def test_refused_file_gets_a_page_with_the_reason(data):
    page = page_of(maker.refused("the file is not UTF-8 text <b>"), data)
    assert "could not be graded" in page
    assert "the file is not UTF-8 text &lt;b&gt;" in page
    assert "0 of 7 points" in page


def test_refused_without_any_tests():
    page = page_of(replace(maker.refused("too large"), tests=()), b"")
    assert "too large" in page
    assert "0 of 7 points" in page
    assert "not run" in page


def test_one_page_each_in_files_of_different_names(tmp_path):
    rows = [maker.row(name) for name in ("ada", "Ada", "../../etc/passwd", "a/b", "müller")]
    paths = write_feedback(maker.assignment(), rows, tmp_path / "pages", lambda sha: None)
    assert len({str(path).casefold() for path in paths}) == 5
    assert all(path.parent == tmp_path / "pages" and path.suffix == ".html" for path in paths)
    assert sorted((tmp_path / "pages").iterdir()) == sorted(paths)
    assert "a/b" in html.unescape(paths[3].read_text(encoding="utf-8"))


def test_page_can_be_used_without_seeing_it():
    page = page_of()
    found = elements(page)
    assert ("html", "lang", "en") in found.attributes
    assert found.tags.count("h1") == 1
    assert found.tags.count("caption") == found.tags.count("table") == 3
    scopes = [value for tag, name, value in found.attributes if tag == "th" and name == "scope"]
    assert len(scopes) == found.tags.count("th")
    ids = [value for _, name, value in found.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    used = [value for _, name, value in found.attributes if name == "aria-labelledby"]
    assert used
    assert set(used) <= set(ids)


def _luminance(color):
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_have_contrast_in_light_and_dark():
    page = page_of()
    themes = [
        dict(re.findall(r"--(\w+): (#\w{6})", part)) for part in page.split("prefers-color-scheme: dark")
    ]
    assert len(themes) == 2
    for theme in themes:
        for ground in ("page", "box"):
            for ink in ("text", "quiet", "good", "part", "bad"):
                low, high = sorted((_luminance(theme[ground]), _luminance(theme[ink])))
                assert (high + 0.05) / (low + 0.05) >= 4.5, (ground, ink)
