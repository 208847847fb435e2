"""Which code cells a page folds, and under what word."""

import pytest

from classroom.folding import kind_of

DRAWS = "fig, ax = plt.subplots()\nax.plot(y)"


@pytest.mark.parametrize(
    ("source", "tags", "kind"),
    [
        ("import torch\nfrom torch import nn\n\nshow.use_style()", set(), "Imports"),
        ("import torch\nx = 1", set(), None),
        ("show.use_style()", set(), None),
        (DRAWS, set(), "Plotting"),
        (DRAWS + "\nshow.check('it falls', True)", set(), None),
        ("x = 1", {"plumbing"}, "Set-up"),
        ("x = 1", {"hide-input"}, "Hidden"),
        ("%pip install x", set(), None),
        ("c = f * c + i * g", {"nbval-ignore-output"}, None),
    ],
)
def test_kind(source, tags, kind):
    assert kind_of(source, tags) == kind
