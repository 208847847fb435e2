"""What counts as reading: words, lines and printed words, in the core and behind it."""

import pytest

from classroom.normal_form import normalise
from classroom.reading import Reading, read_chapter, words
from tests.classroom.notebook_maker import code, notebook, shown, stream, text

FORMULA = "$$\na = b\n$$"
CODE = "```python\na = b\n```"


def counted(*cells):
    """Words, printed words and lines of the whole."""
    reading = read_chapter(normalise(notebook(*cells))[0]).all
    return reading.words, reading.printed, reading.lines


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Three plain words.", 3),
        ("| one | two |", 2),
        ("|---|---|", 0),
        ("the gate $f_t = \\sigma(b)$ keeps", 4),
        ("see {doc}`gru` and {doc}`this page <lstm>`", 5),
        ("as shown {cite}`gers2000forget`.", 2),
        ("the cell (记忆单元) adds", 4),
        ("- **You need** gates", 3),
    ],
)
def test_words_of_a_line(line, number):
    assert words(line) == number


@pytest.mark.parametrize(
    ("source", "number"),
    [
        ("One two.\n\n:::{dropdown} Hint\nfour five six\n:::\nThree.", (3, 0, 0)),
        ("::::{admonition} A title\n:class: predict\nTwo words\n::::", (4, 0, 0)),
        ("$$\na &= b \\\\\nc &= d\n$$ (eq-x)\n\nafter", (1, 0, 2)),
        ("$$ a = b $$", (0, 0, 1)),
        ("```python\nc = f * c\nh = o\n```", (0, 0, 2)),
        (
            f"::::{{div}} equation-and-code\n:::{{div}}\n{FORMULA}\n:::\n:::{{div}}\n{CODE}\n:::\n::::",
            (0, 0, 2),
        ),
        ("```{exercise}\n:label: x\nAnswer me.\n```\n```{solution} x\nIt is so.\n```", (2, 0, 0)),
        (":::{quiz} Which one?\n- [ ] This.\n  > No, not this.\n- [x] That.\n  > Yes.\n:::", (4, 0, 0)),
    ],
)
def test_markdown(source, number):
    assert counted(text(source)) == number


def test_code_in_view_counts_and_folded_code_does_not_but_what_it_prints_does():
    printed = [stream("✓ error < 0.1\n")]
    assert counted(code("x = 1\n\ny = 2", printed)) == (0, 2, 2)
    assert counted(code("x = 1\n\ny = 2", printed, metadata={"tags": ["plumbing"]})) == (0, 2, 0)
    assert counted(code("x = 1", printed, metadata={"tags": ["remove-cell"]})) == (0, 0, 0)


def test_code_shown_from_the_library_counts_as_lines():
    output = shown(text_markdown="```python\nc = f * c\nh = o\n```")
    assert counted(code("show.source(f)", [output])) == (0, 0, 3)


def test_a_solution_over_several_cells_does_not_count():
    start = text("Before\n```{solution-start} x\n:class: dropdown\n```\nIt is so.")
    assert counted(start, code("x = 1"), text("```{solution-end}\n```\nAfter all")) == (3, 0, 0)


def test_the_core_ends_at_further():
    reader = read_chapter(
        notebook(text("# A b"), code("x = 1"), text("## Further\n\nthree more words"), code("y = 1\nz = 1"))
    )
    assert reader.core == Reading(words=2, printed=0, lines=1, cells=2)
    assert reader.all == Reading(words=6, printed=0, lines=3, cells=4)


def test_a_line_of_code_takes_as_long_as_ten_words_and_minutes_are_rounded_up():
    assert Reading(words=130).minutes == 1
    assert Reading(words=121, lines=1).minutes == 2
    assert Reading(words=60, printed=60, lines=1).minutes == 1
