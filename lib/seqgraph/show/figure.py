"""A figure that says in words, and with its numbers, what one sees."""

import base64
import io
import textwrap
from collections.abc import Mapping, Sequence

from seqgraph.core.optional import need
from seqgraph.show.seeds import mean_and_spread

LEAST_WORDS = 20
MOST_STORED = 60  # letters of the stored text: the page has all of it
LINE = 62  # letters of small text that fit under a figure of the usual width


class Shown:
    """A picture and what it shows, as the notebook and the page want them.

    Its stored text holds no number, so that a re-executed notebook equals the stored one.
    """

    def __init__(self, png: bytes, sees: str, alt: str):
        self.png, self.sees, self.alt = png, sees, alt

    def __repr__(self) -> str:
        return (
            f"<figure: {textwrap.shorten(self.sees, MOST_STORED, placeholder='...')}>"
        )

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        data = {
            "image/png": base64.b64encode(self.png).decode(),
            "text/plain": repr(self),
        }
        return data, {"image/png": {"alt": self.alt}}


def figure(
    fig,
    sees: str,
    results: Mapping[str, Sequence[float]] | None = None,
    label: str = "",
) -> None:
    r"""Show a figure, with the means and spreads of what it plots in the figure and in its alt text.

    What the figure does not yet say (``seed_dots`` does) is written under it.

    Where:
        the numbers are mean ± standard deviation of the values of a name (n - 1 in the denominator).

    Args:
        fig: a matplotlib figure; it is closed, so that the notebook does not show it a second time.
        sees: what one sees, in a sentence or two, without a number that differs between machines.
        results: name to the values that were measured, one a seed.
        label: what was measured, with its unit.

    Raises:
        ValueError: ``sees`` has fewer than 20 characters, or a name has no values.
        ImportError: matplotlib or IPython is not installed.

    Example:
        >>> from matplotlib.figure import Figure
        >>> fig = Figure()
        >>> figure(fig, "The error of the GRU falls.", {"GRU": [0.002, 0.004]}, "test error")
        <figure: The error of the GRU falls.>
        >>> fig.get_supxlabel()
        'test error: GRU 0.003 ± 0.001'
    """
    if len(sees.strip()) < LEAST_WORDS:
        raise ValueError(
            f"figure: sees must have at least {LEAST_WORDS} characters, got {sees!r}."
        )
    if empty := [name for name, values in (results or {}).items() if len(values) == 0]:
        raise ValueError(
            f"figure: results must hold at least one value for {empty[0]!r}."
        )
    display = need("IPython.display", "figure", "show").display
    told = {name: mean_and_spread(values) for name, values in (results or {}).items()}
    _write_under(fig, told, label)
    png = io.BytesIO()
    fig.savefig(png, format="png", dpi=fig.dpi)
    need("matplotlib.pyplot", "figure", "show").close(fig)
    display(Shown(png.getvalue(), sees, _alt(sees, told, label, results)))


def _alt(
    sees: str, told: Mapping[str, str], label: str, results: Mapping | None
) -> str:
    if not told:
        return sees
    counts = sorted({len(values) for values in results.values()})
    how = (
        f"mean ± standard deviation of {' to '.join(map(str, counts))}"
        if counts[-1] > 1
        else ""
    )
    what = ", ".join(filter(None, (label, how))) or "measured"
    numbers = "; ".join(
        f"{name} {text}".replace("\n", ", ") for name, text in told.items()
    )
    return f"{sees} {what[0].upper()}{what[1:]}: {numbers}."


def _write_under(fig, told: Mapping[str, str], label: str) -> None:
    texts = need("matplotlib.text", "figure", "show").Text
    there = {text.get_text() for text in fig.findobj(texts)}
    if not told or set(told.values()) <= there:
        return
    lines = [f"{label}:" if label else ""]
    for name, text in told.items():
        words = f"{name} {text}".replace("\n", ", ")
        if len(lines[-1]) + len(words) > LINE:
            lines.append("")
        lines[-1] += (
            f"{' · ' if lines[-1] and not lines[-1].endswith(':') else ' '}{words}"
        )
    fig.supxlabel(
        "\n".join(line.strip() for line in lines if line.strip()), fontsize="small"
    )
