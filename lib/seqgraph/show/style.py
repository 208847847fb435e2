"""The one figure style of the course, and the palette that the published pages share."""

from types import MappingProxyType

from seqgraph.core.optional import need

PALETTE = MappingProxyType(
    {
        "sequence": "#0072B2",
        "tree": "#009E73",
        "graph": "#D55E00",
        "transformer": "#9B4F96",
        "accent": "#E69F00",
        "sky": "#56B4E9",
        "ink": "#1B2733",
        "grey": "#6B7785",
        "paper": "#FBFAF7",
    }
)
CYCLE = tuple(
    PALETTE[name]
    for name in ("sequence", "graph", "tree", "transformer", "accent", "sky", "ink")
)


def use_style() -> None:
    r"""Give every later figure the look of the course, by way of matplotlib's ``rcParams``.

    5.2 x 3.3 inches at 144 dots an inch, text that can still be read when the figure is 343 pixels wide (a
    telephone), no box around the axes, the colours of ``CYCLE``. In a notebook, figures become PNG images of
    exactly that size.

    Source:
        colours adapted from Okabe and Ito's set for colour-blind readers

    Example:
        >>> use_style()
    """
    matplotlib = need("matplotlib", "use_style", "show")
    matplotlib.rcParams.update(_settings(matplotlib.cycler))
    _png_in_notebooks()


def _settings(cycler) -> dict:
    return _frame() | _letters() | {"axes.prop_cycle": cycler(color=CYCLE)}


def _frame() -> dict:
    grey = PALETTE["grey"]
    return {
        "figure.figsize": (5.2, 3.3),
        "figure.dpi": 144,
        "savefig.dpi": "figure",
        "figure.constrained_layout.use": True,
        "figure.facecolor": "white",
        "savefig.facecolor": "white",
        "axes.edgecolor": grey,
        "axes.linewidth": 0.9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.grid": True,
        "grid.color": "#E4E2DB",
        "grid.linewidth": 0.8,
        "xtick.color": grey,
        "ytick.color": grey,
        "lines.linewidth": 2.2,
        "lines.markersize": 6,
        "lines.solid_capstyle": "round",
        "legend.frameon": False,
        "legend.handlelength": 1.6,
        "image.cmap": "cividis",
        "svg.hashsalt": "seqgraph",
    }


def _letters() -> dict:
    ink = PALETTE["ink"]
    return {
        "font.family": "DejaVu Sans",
        "font.size": 11.5,
        "text.color": ink,
        "axes.titlesize": 12,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.titlepad": 9,
        "axes.titlecolor": ink,
        "axes.labelsize": 11.5,
        "axes.labelcolor": ink,
        "xtick.labelsize": 10.5,
        "ytick.labelsize": 10.5,
        "xtick.labelcolor": ink,
        "ytick.labelcolor": ink,
        "legend.fontsize": 10.5,
    }


def _png_in_notebooks() -> None:
    """Set the inline back end, where there is one: PNG only, uncropped so that every figure is as wide."""
    try:
        from IPython import get_ipython
        from matplotlib_inline.config import InlineBackend
    except ImportError:
        return
    shell = get_ipython()
    if shell is None or not hasattr(shell, "kernel"):
        return
    backend = InlineBackend.instance(parent=shell)
    backend.print_figure_kwargs = {"bbox_inches": None}
    backend.figure_formats = {"png"}
