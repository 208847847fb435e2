"""Boxes and arrows, for the one figure that shows an idea."""

from collections.abc import Mapping, Sequence

from seqgraph.show.style import PALETTE


def diagram(
    ax,
    boxes: Mapping[str, tuple],
    arrows: Sequence[tuple],
    margin: tuple[float, float] = (1.2, 0.6),
) -> None:
    r"""Draw named boxes and the arrows between them.

    Args:
        ax: matplotlib axes; its frame and scales are removed.
        boxes: name to ``(x, y, text)`` or ``(x, y, text, colour)``: the centre, what is written, and a colour
            of ``PALETTE`` for the box. A box without a colour is text alone.
        arrows: ``(from, to)``, ``(from, to, text)`` or ``(from, to, text, bend)``; bend is a curvature such
            as 0.3, positive to the right of the way.
        margin: empty space around the outermost centres, horizontal and vertical, in the units of x and y.

    Example:
        >>> from matplotlib.figure import Figure
        >>> ax = Figure().add_subplot()
        >>> diagram(ax, {"x": (0, 0, "$x_t$"), "h": (3, 0, "$h_t$", "sequence")}, [("x", "h", "W")])
    """
    drawn = {name: _box(ax, *box) for name, box in boxes.items()}
    for start, end, *rest in arrows:
        text, bend = rest + ["", 0.0][len(rest) :]
        _arrow(ax, drawn[start], drawn[end], text, bend)
    xs, ys = [box[0] for box in boxes.values()], [box[1] for box in boxes.values()]
    ax.set_xlim(min(xs) - margin[0], max(xs) + margin[0])
    ax.set_ylim(min(ys) - margin[1], max(ys) + margin[1])
    ax.axis("off")


def _box(ax, x: float, y: float, text: str, colour: str | None = None):
    hue = PALETTE[colour] if colour else "none"
    style = {
        "boxstyle": "round,pad=0.35",
        "facecolor": hue + "22" if colour else "white",
        "edgecolor": hue,
        "linewidth": 1.6,
    }
    return ax.text(
        x, y, text, ha="center", va="center", color=PALETTE["ink"], bbox=style, zorder=2
    )


def _arrow(ax, start, end, text: str, bend: float) -> None:
    # An arrow is clipped by the boxes at its ends, which have their sizes only once they are drawn.
    arrow = {
        "arrowstyle": "-|>",
        "connectionstyle": f"arc3,rad={bend}",
        "color": PALETTE["grey"],
        "linewidth": 1.5,
        "patchA": start.get_bbox_patch(),
        "patchB": end.get_bbox_patch(),
        "shrinkA": 2,
        "shrinkB": 2,
    }
    (x0, y0), (x1, y1) = start.get_position(), end.get_position()
    ax.annotate("", (x1, y1), (x0, y0), arrowprops=arrow, zorder=3)
    if text:
        x = (x0 + x1) / 2 + bend * (y1 - y0) / 2
        y = (y0 + y1) / 2 - bend * (x1 - x0) / 2
        paper = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        ax.text(
            x,
            y,
            text,
            ha="center",
            va="center",
            fontsize="small",
            color=PALETTE["grey"],
            bbox=paper,
            zorder=4,
        )
