"""Several seeds along the updates: one thin line a seed, one name in the legend."""

from collections.abc import Mapping, Sequence

from seqgraph.show.style import CYCLE


def seed_curves(
    ax,
    steps: Sequence[float],
    results: Mapping[str, Sequence[Sequence[float]]],
    label: str = "",
    log: bool = False,
    colors: Mapping[str, str] | None = None,
) -> None:
    r"""Draw a line for each seed of each name, in the name's colour.

    Args:
        ax: matplotlib axes to draw on.
        steps: where the values were measured, such as numbers of updates.
        results: name to its runs, one a seed, each with a value a step; no name ("") stays out of the legend.
        label: what was measured, with its unit.
        log: use a logarithmic scale for the values.
        colors: name to colour; the others take the colours of ``CYCLE`` in order.

    Raises:
        ValueError: no results, a name without runs, or a run that has not one value a step.

    Example:
        >>> from matplotlib.figure import Figure
        >>> ax = Figure().add_subplot()
        >>> seed_curves(ax, [0, 50], {"GRU": [[0.2, 0.01], [0.2, 0.02]]}, "test error")
        >>> len(ax.lines), ax.get_legend_handles_labels()[1]
        (2, ['GRU'])
    """
    if not results:
        raise ValueError("seed_curves: results must hold at least one name.")
    colours = {name: CYCLE[i % len(CYCLE)] for i, name in enumerate(results)} | dict(
        colors or {}
    )
    for name, runs in results.items():
        lengths = {len(run) for run in runs}
        if lengths != {len(steps)}:
            came = sorted(lengths) or "no runs"
            raise ValueError(
                f"seed_curves: each run of {name!r} must have {len(steps)} values, got {came}."
            )
        for number, run in enumerate(runs):
            ax.plot(
                steps,
                run,
                color=colours[name],
                linewidth=1.6,
                label=name if number == 0 and name else None,
            )
    if log:
        ax.set_yscale("log")
    ax.set_ylabel(label)
    if any(results):
        ax.legend()
