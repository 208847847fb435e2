"""The one widget line of a chapter: a slider over pictures that works with a kernel and without."""

import base64
import io
from collections.abc import Callable, Iterable, Mapping
from html import escape
from numbers import Integral, Real

from seqgraph.core.optional import need

MOST_FRAMES = 40
LEAST_ALT = 20
FRAME_DPI = 120


class Explorer:
    r"""What ``explore`` returns: a slider that shows itself when it is the last line of a cell.

    Its stored text is the same at each run. ``widget`` is the ipywidgets object, for tests and for the
    curious.

    Example:
        >>> Explorer("slider mu: 0.5, 0.9", widget=None)
        slider mu: 0.5, 0.9
    """

    def __init__(self, text: str, widget):
        self.text = text
        self.widget = widget

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        view = {
            "version_major": 2,
            "version_minor": 0,
            "model_id": self.widget.model_id,
        }
        return {
            "text/plain": self.text,
            "application/vnd.jupyter.widget-view+json": view,
        }


def explore(
    draw: Callable,
    values: Iterable | Mapping,
    label: str = "value",
    alt: str = "",
    **live,
) -> Explorer:
    r"""Show one picture for each value, with a slider to choose among them, as the last line of a cell.

    All pictures are drawn at once and stored in the page, so the slider works on the published site, where no
    Python runs. The arrow keys move it.

    Args:
        draw: called on empty axes as ``draw(ax, value, **live)``. It must draw the same picture at each call,
            so seed what is random.
        values: 2 to 40 values, or a mapping from the text to show to the value.
        label: the slider's name, a word or two.
        alt: what the pictures show, for readers who do not see them; at least 20 characters.
        live: ipywidgets controls for a running notebook; moving one draws all pictures again. The site hides
            them.

    Example:
        >>> def line(ax, slope):
        ...     ax.plot([0, 1], [0, slope])
        >>> explore(line, [0.5, 0.9, 0.99], label="mu", alt="a line whose slope is mu")
        slider mu: 0.5, 0.9, 0.99
    """
    choices = _choices(values)
    _refuse_bad(choices, alt)
    widgets = need("ipywidgets", "explore", "show")
    pictures = widgets.Stack([widgets.HTML() for _ in choices], selected_index=0)

    def redraw(_=None):
        now = {name: control.value for name, control in live.items()}
        for child, (text, value) in zip(pictures.children, choices, strict=True):
            child.value = _picture(draw, value, now, f"{alt}; {label} = {text}")

    redraw()
    slider = widgets.SelectionSlider(
        options=[text for text, _ in choices], index=0, description=label
    )
    widgets.jslink((slider, "index"), (pictures, "selected_index"))
    for control in live.values():
        control.observe(redraw, "value")
        control.add_class("live-only")
    box = widgets.VBox([*live.values(), slider, pictures])
    box.add_class("explore")
    return Explorer(f"slider {label}: {', '.join(text for text, _ in choices)}", box)


def _choices(values: Iterable | Mapping) -> list[tuple[str, object]]:
    if isinstance(values, Mapping):
        return [(str(text), value) for text, value in values.items()]
    return [(_text(value), value) for value in values]


def _text(value) -> str:
    number = isinstance(value, Real) and not isinstance(value, Integral)
    return f"{value:.3g}" if number else str(value)


def _refuse_bad(choices: list, alt: str) -> None:
    if not 2 <= len(choices) <= MOST_FRAMES:
        raise ValueError(
            f"explore: values must hold 2 to {MOST_FRAMES} values, got {len(choices)}."
        )
    if len(alt.strip()) < LEAST_ALT:
        raise ValueError(
            f"explore: alt must say in at least {LEAST_ALT} characters what the pictures show, got {alt!r}."
        )


def _picture(draw: Callable, value, now: dict, alt: str) -> str:
    figure_module = need("matplotlib.figure", "explore", "show")
    # A figure outside pyplot: nothing to close, and the notebook does not show it a second time.
    figure = figure_module.Figure()
    draw(figure.add_subplot(), value, **now)
    data, (width, height) = _webp(figure)
    data = base64.b64encode(data).decode()
    return (
        f'<img class="explore-frame" alt="{escape(alt)}" width="{width}" height="{height}"'
        f' src="data:image/webp;base64,{data}">'
    )


def _webp(figure) -> tuple[bytes, tuple[int, int]]:
    """Return a small picture and its size: 96 colours packed without loss take half of a lossy picture."""
    from PIL import Image

    raw, packed = io.BytesIO(), io.BytesIO()
    figure.savefig(raw, format="png", dpi=FRAME_DPI)
    image = Image.open(raw).convert("RGB")
    few = image.quantize(96, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.convert("RGB").save(packed, format="webp", lossless=True, quality=60, method=4)
    return packed.getvalue(), image.size
