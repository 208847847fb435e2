"""Text of a student's code does nothing on a page."""

import re

import pytest

from classroom.publish.inert import line, passive_markdown, plain


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("\x1b[31;1mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]8;;https://example.org\x07link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;a title that never ends", ""),
        ("\x1bPdevice\x1b\\text", "text"),
        ("a\x00\x07\x08b", "ab"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\u202eb\u2069\u200f", "a[U+202E]b[U+2069][U+200F]"),
        ("\ufeffx\u200b", "[U+FEFF]x[U+200B]"),
        ("\U000e0041", "[U+E0041]"),
        ("\ud800 and \udfff", "\ufffd and \ufffd"),
        ("Grüße, 圖, e\u0301, \U0001f468\u200d\U0001f469", "Grüße, 圖, e\u0301, \U0001f468\u200d\U0001f469"),
        ("a" + "\u0301" * 50, "a" + "\u0301" * 3),
        ("\tindented\n", "\tindented\n"),
    ],
)
def test_plain(text, wanted):
    assert plain(text) == wanted


def test_long_text_is_cut_and_says_so():
    assert plain("x" * 10, limit=10) == "x" * 10
    cut = plain("x" * 10_000_000, limit=100)
    assert cut.startswith("x" * 100 + "\n")
    assert "10,000,000 characters" in cut
    assert len(cut) < 200
    assert "not shown" in plain("\x1b[0m" * 1000 + "end", limit=10)


def test_text_of_escapes_only_is_read_in_one_pass():
    assert plain("\x1b]" * 500_000, limit=1_000_000) == ""
    assert plain("\x1b[" * 500_000, limit=1_000_000) == ""


def test_line():
    assert line(" a\n\n b\tc ") == "a b c"
    assert line("y" * 1000, limit=20) == "y" * 19 + "…"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\\<script>alert(1)</script>",
        "<!--x--><script>1</script>",
        "[x](javascript:alert(1))",
        "[x]\n\n[x]: javascript:alert(1)",
        "[a][x]\n\n[x]: javascript:alert(1)",
        "![x](https://example.org/seen.png)",
        "<https://example.org>",
        "<javascript:alert(1)>",
        "[x](java&#115;cript:alert(1))",
        "$\\href{javascript:alert(1)}{x}$",
        "| a |\n|---|\n| <b onclick=x>y</b> |",
    ],
)
def test_markdown_for_markers_is_passive(text):
    from nbconvert.filters import markdown2html

    page = markdown2html(passive_markdown(text))
    tags = re.findall(r"<[a-zA-Z!/][^>]*>", page)
    assert not [tag for tag in tags if re.search(r"script|img|onerror|onclick|href=\"(?!#|https?:)|<!", tag)]
    assert "\\href" not in page


def test_markdown_keeps_what_it_means():
    text = "# Title\n\n$a < b$, *so* `x[1]`, and $f(x) = \\sum_i x_i$"
    assert passive_markdown(text) == text
