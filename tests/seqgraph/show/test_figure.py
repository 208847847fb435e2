"""figure(): the picture, its alt text with the numbers, and a stored text without them."""

import base64
import io

import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure
from PIL import Image

from seqgraph.show import figure, seed_dots, use_style

SEES = "One curve stays at the baseline, the other falls."
RESULTS = {"SRN": [0.1, 0.2, 0.3], "GRU": [0.01, 0.02, 0.03]}


@pytest.fixture
def shown(monkeypatch):
    """What the notebook would be given."""
    caught = []
    monkeypatch.setattr("IPython.display.display", caught.append)
    return caught


def bundle(shown):
    (one,) = shown
    return one._repr_mimebundle_()


def test_the_alt_text_ends_with_means_and_spreads(shown):
    figure(Figure(), SEES, RESULTS, "test error")
    _, metadata = bundle(shown)
    assert metadata["image/png"]["alt"] == (
        f"{SEES} Test error, mean ± standard deviation of 3: SRN 0.2 ± 0.1; GRU 0.02 ± 0.01."
    )


def test_the_stored_text_is_the_same_for_other_numbers(shown):
    figure(Figure(), SEES, RESULTS, "test error")
    figure(Figure(), SEES, {"SRN": [7.0, 8.0]}, "test error")
    first, second = (one._repr_mimebundle_()[0]["text/plain"] for one in shown)
    assert first == second == repr(shown[0]) == f"<figure: {SEES}>"


def test_the_picture_is_a_png_of_the_style_s_size_and_is_shown_once(shown):
    use_style()
    fig, _ = plt.subplots()
    figure(fig, SEES)
    picture = Image.open(io.BytesIO(base64.b64decode(bundle(shown)[0]["image/png"])))
    assert (picture.format, picture.size) == ("PNG", (748, 475))
    assert not plt.fignum_exists(fig.number)


def test_numbers_that_the_figure_does_not_say_are_written_under_it(shown):
    fig = Figure()
    figure(fig, SEES, RESULTS, "test error")
    assert fig.get_supxlabel() == "test error: SRN 0.2 ± 0.1 · GRU 0.02 ± 0.01"


def test_numbers_that_stand_in_the_figure_are_not_written_twice(shown):
    fig = Figure()
    seed_dots(fig.add_subplot(), RESULTS)
    figure(fig, SEES, RESULTS)
    assert fig.get_supxlabel() == ""
    assert "SRN 0.2 ± 0.1" in bundle(shown)[1]["image/png"]["alt"]


def test_long_lines_are_broken_between_names(shown):
    fig = Figure()
    figure(fig, SEES, {f"a network with a name {n}": [1.0, 2.0] for n in range(4)}, "error")
    lines = fig.get_supxlabel().split("\n")
    assert len(lines) > 1
    assert max(map(len, lines)) <= 66
    assert "".join(lines).count("±") == 4


@pytest.mark.parametrize(
    ("results", "words"),
    [
        (None, SEES),
        ({"SRN": [0.5]}, f"{SEES} Error: SRN 0.5."),
        ({"SRN": [1.0, 3.0, float("nan")]}, "SRN 2 ± 1, 1 of 3 diverged."),
        ({"SRN": [1.0, 3.0], "GRU": [1.0, 2.0, 3.0]}, "standard deviation of 2 to 3: SRN 2 ± 1; GRU 2 ± 1."),
    ],
)
def test_what_the_alt_text_says_of_few_and_of_lost_values(shown, results, words):
    figure(Figure(), SEES, results, "error")
    alt = bundle(shown)[1]["image/png"]["alt"]
    assert alt.endswith(words)


@pytest.mark.parametrize("sees", ["", "a curve", " " * 30])
def test_a_figure_needs_words(sees):
    with pytest.raises(ValueError, match="at least 20 characters"):
        figure(Figure(), sees)


def test_a_name_without_values_is_named():
    with pytest.raises(ValueError, match="at least one value for 'GRU'"):
        figure(Figure(), SEES, {"SRN": [1.0], "GRU": []})


def test_the_stored_text_is_short_and_the_alt_text_is_whole(shown):
    figure(Figure(), SEES * 5)
    data, metadata = bundle(shown)
    assert len(data["text/plain"]) <= 70
    assert data["text/plain"].endswith("...>")
    assert metadata["image/png"]["alt"] == SEES * 5
