"""Several seeds at a glance: the course never shows one run alone."""

import math
import re
import statistics
from collections.abc import Iterable, Mapping, Sequence

from seqgraph.show.style import CYCLE, PALETTE


def seed_dots(
    ax,
    results: Mapping[str, Sequence[float]],
    label: str = "",
    log: bool = False,
    colors: Mapping[str, str] | None = None,
    reference: tuple[str, float] | None = None,
) -> None:
    r"""Draw one row a name: a dot for each seed, a bar at the mean, and mean ± deviation at the right.

    The deviation is the standard deviation, with n - 1 in the denominator. A seed that gave NaN or infinity
    is left out and counted in the text.

    Args:
        ax: matplotlib axes to draw on.
        results: name of a model to its measured values, one a seed.
        label: what was measured, with its unit.
        log: use a logarithmic scale; values must then be above 0.
        colors: name to colour; the others take the colours of ``CYCLE`` in order, and names that differ only
            in a last number, as in ``"GRU, 200"`` and ``"GRU, 400"``, share one.
        reference: text and value of a line to compare with, such as a baseline.

    Example:
        >>> from matplotlib.figure import Figure
        >>> ax = Figure().add_subplot()
        >>> seed_dots(ax, {"SRN": [0.17, 0.16, 0.17], "GRU": [0.002, 0.004, 0.003]}, "test MSE", log=True)
    """
    _refuse_bad(results, log)
    colours = _cycle(results) | dict(colors or {})
    for row, (name, values) in enumerate(results.items()):
        _row(ax, row, [float(value) for value in values], colours[name])
    if reference is not None:
        text, value = reference
        ax.axvline(
            value, color=PALETTE["grey"], linestyle="--", linewidth=1.4, zorder=1
        )
        ax.annotate(text, (value, 1), xycoords=("data", "axes fraction"), xytext=(0, 3), ha="center",
                    textcoords="offset points", fontsize="small", color=PALETTE["grey"])  # fmt: skip
    if log:
        ax.set_xscale("log")
    ax.set_yticks(range(len(results)), list(results))
    ax.set_ylim(len(results) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="y", visible=False)
    ax.set_xlabel(label)


def _cycle(names: Iterable[str]) -> dict[str, str]:
    kinds = {name: re.sub(r", [\d,]+( updates)?$", "", name) for name in names}
    order = list(dict.fromkeys(kinds.values()))
    return {name: CYCLE[order.index(kind) % len(CYCLE)] for name, kind in kinds.items()}


def _row(ax, row: int, values: list[float], colour: str) -> None:
    finite = [value for value in values if math.isfinite(value)]
    # A fixed vertical spread, not a random one: the same picture at each run.
    step = 0.36 / max(len(finite) - 1, 1)
    heights = [row + (i - (len(finite) - 1) / 2) * step for i in range(len(finite))]
    ax.scatter(
        finite,
        heights,
        s=42,
        color=colour,
        alpha=0.75,
        edgecolor="white",
        linewidth=0.7,
        zorder=3,
    )
    if finite:
        ax.plot(
            [statistics.fmean(finite)] * 2,
            [row - 0.3, row + 0.3],
            color=colour,
            linewidth=2.6,
            zorder=2,
        )
    ax.annotate(mean_and_spread(values), (1.02, row), xycoords=("axes fraction", "data"),
                va="center", fontsize="small")  # fmt: skip


def mean_and_spread(values: Sequence[float]) -> str:
    """The mean ± the standard deviation of the finite values, rounded, and how many were not finite."""
    finite = [float(value) for value in values if math.isfinite(value)]
    lost = len(values) - len(finite)
    note = f"\n{lost} of {len(values)} diverged" if lost else ""
    if not finite:
        return f"all {lost} diverged"
    if len(finite) == 1:
        return f"{_short(finite[0], 3)}{note}"
    mean = statistics.fmean(finite)
    if abs(mean) < 1e-12 * max(
        map(abs, finite)
    ):  # values that cancel: what is left is rounding
        mean = 0.0
    return f"{_short(mean, 3)} ± {_short(statistics.stdev(finite), 1)}{note}"


def _short(value: float, digits: int) -> str:
    """So many digits, and no power of ten where a plain number is as short: 20, not 2e+01."""
    return f"{float(f'{value:.{digits}g}'):g}"


def _refuse_bad(results: Mapping, log: bool) -> None:
    if not results:
        raise ValueError("seed_dots: results must hold at least one name.")
    for name, values in results.items():
        if len(values) == 0:
            raise ValueError(f"seed_dots: {name!r} must have at least one value.")
        if log and any(float(value) <= 0 for value in values):
            raise ValueError(
                f"seed_dots: log=True needs values above 0, {name!r} has {min(values)}."
            )
