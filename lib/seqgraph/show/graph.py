"""A small graph: circles and the lines between them."""

from collections.abc import Sequence

from torch import Tensor

from seqgraph.show.style import PALETTE


def graph(
    ax,
    places: Sequence[tuple[float, float]] | Tensor,
    edge_index: Tensor,
    texts: Sequence[str],
    shares: Sequence[float] | Tensor | None = None,
    title: str = "",
    directed: bool = False,
    colors: Sequence[str] | None = None,
) -> None:
    r"""Draw the nodes of a graph as circles with a text, and its edges.

    Args:
        ax: matplotlib axes; its frame and scales are removed.
        places: where each node stands, ``[N, 2]``.
        edge_index: ``[2, E]``, from row 0 to row 1.
        texts: what stands in each circle.
        shares: how full each circle is, from 0 (white) to 1; what lies outside is cut. None: all empty.
        title: above the picture.
        directed: draw arrows instead of lines.
        colors: a colour of ``PALETTE`` for each node; all ``"graph"`` if not given.

    Raises:
        ValueError: not one place, text, share and colour for each node.

    Example:
        >>> import torch
        >>> from matplotlib.figure import Figure
        >>> ax = Figure().add_subplot()
        >>> graph(ax, [(0, 0), (1, 0)], torch.tensor([[0, 1], [1, 0]]), ["a", "b"])
    """
    shares = (
        [0.0] * len(texts) if shares is None else [float(share) for share in shares]
    )
    colors = ["graph"] * len(texts) if colors is None else colors
    lengths = [len(part) for part in (places, texts, shares, colors)]
    if len(set(lengths)) > 1:
        raise ValueError(
            f"graph: places, texts, shares and colors must be as many, got {lengths}."
        )
    spots = [(float(x), float(y)) for x, y in places]
    for sender, receiver in edge_index.T.tolist():
        _edge(ax, spots[sender], spots[receiver], directed)
    for spot, text, share, color in zip(spots, texts, shares, colors, strict=True):
        _node(ax, spot, text, min(max(share, 0.0), 1.0), PALETTE[color])
    ax.set(title=title)
    ax.margins(0.18)
    ax.axis("off")


def _edge(ax, start: tuple, end: tuple, directed: bool) -> None:
    if not directed:
        ax.plot(*zip(start, end, strict=True), color=PALETTE["grey"], zorder=1)
        return
    style = {
        "arrowstyle": "-|>",
        "shrinkA": 15,
        "shrinkB": 15,
        "color": PALETTE["grey"],
    }
    ax.annotate("", end, start, arrowprops=style, zorder=1)


def _node(ax, spot: tuple, text: str, share: float, hue: str) -> None:
    ax.scatter(*spot, s=900, zorder=2, linewidth=1.6, facecolor="white", edgecolor=hue)
    ax.scatter(*spot, s=900, zorder=3, color=hue, alpha=share, linewidth=0)
    ax.text(*spot, text, ha="center", va="center", zorder=4, fontsize="small")
