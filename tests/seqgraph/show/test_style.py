"""use_style(): size, colours, and PNG figures of one width in a notebook."""

import matplotlib
import pytest
from IPython.testing.globalipapp import start_ipython
from matplotlib_inline.config import InlineBackend

from seqgraph.show import CYCLE, PALETTE, use_style


def test_settings_and_palette():
    use_style()
    assert matplotlib.rcParams["figure.figsize"] == [5.2, 3.3]
    assert matplotlib.rcParams["figure.dpi"] == 144
    assert not matplotlib.rcParams["axes.spines.top"]
    assert [entry["color"] for entry in matplotlib.rcParams["axes.prop_cycle"]] == list(CYCLE)
    assert set(CYCLE) <= set(PALETTE.values())


@pytest.mark.filterwarnings("ignore:InlineBackend._print_figure_kwargs_changed:DeprecationWarning")
def test_a_notebook_gets_uncropped_png(monkeypatch):
    shell = start_ipython()
    monkeypatch.setattr(shell, "kernel", object(), raising=False)
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    use_style()
    backend = InlineBackend.instance()
    assert backend.figure_formats == {"png"}
    assert backend.print_figure_kwargs == {"bbox_inches": None}
