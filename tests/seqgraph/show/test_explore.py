"""explore(): the pictures, the link, the live controls and the stable text."""

import base64
import io
import re

import ipywidgets
import pytest
from ipywidgets.widgets.widget import _instances
from PIL import Image

from seqgraph.show import explore, use_style

ALT = "a line whose slope is the slider's value"


def draw(ax, value, power=1):
    ax.plot([0, 1, 2], [0, value**power, value])


def frames(explorer):
    return [child.value for child in explorer.widget.children[-1].children]


def test_one_different_picture_a_value_with_its_own_alt_text():
    use_style()
    shown = frames(explore(draw, [0.5, 0.9, 0.99], "mu", ALT))
    assert len(set(shown)) == 3
    assert [re.search('alt="([^"]*)"', html)[1] for html in shown] == [
        f"a line whose slope is the slider&#x27;s value; mu = {value}" for value in (0.5, 0.9, 0.99)
    ]
    picture = base64.b64decode(re.search('base64,([^"]*)', shown[0])[1])
    assert Image.open(io.BytesIO(picture)).size == (624, 396)


def test_drawing_again_gives_the_same_bytes_and_the_same_text():
    first, second = (explore(draw, [1, 2], "k", ALT) for _ in range(2))
    assert frames(first) == frames(second)
    assert repr(first) == repr(second) == "slider k: 1, 2"
    assert first._repr_mimebundle_()["text/plain"] == "slider k: 1, 2"


def test_the_slider_shows_the_values_and_is_linked_in_the_browser():
    explorer = explore(draw, {"small": 0.1, "large": 10.0}, "slope", ALT)
    slider, stack = explorer.widget.children
    assert list(slider.options) == ["small", "large"]
    links = [w for w in _instances.values() if isinstance(w, ipywidgets.widget_link.Link)]
    assert any(
        link.source == (slider, "index") and link.target == (stack, "selected_index") for link in links
    )


def test_a_live_control_is_marked_and_draws_again():
    power = ipywidgets.IntSlider(1, 1, 3)
    explorer = explore(draw, [2, 3], "k", ALT, power=power)
    before = frames(explorer)
    power.value = 3
    assert "live-only" in power._dom_classes
    assert all(old != new for old, new in zip(before, frames(explorer), strict=True))


@pytest.mark.parametrize("count", [0, 1, 41])
def test_too_few_or_too_many_values(count):
    with pytest.raises(ValueError, match=f"2 to 40 values, got {count}"):
        explore(draw, range(count), "k", ALT)


@pytest.mark.parametrize("alt", ["", "slope", " " * 30])
def test_missing_alt_text(alt):
    with pytest.raises(ValueError, match="at least 20 characters"):
        explore(draw, [1, 2], "k", alt)
