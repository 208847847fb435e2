"""From a notebook to its page: folded cells, alt text from code, sliders without a script."""

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXTENSIONS = ROOT / "site" / "extensions"
DOT = base64.b64encode(bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000")).decode()
CONF = """
import sys
sys.path.insert(0, {extensions!r})
extensions = ["myst_nb", "fold_code", "figure_alt", "first_frame"]
myst_enable_extensions = ["colon_fence", "dollarmath"]
nb_execution_mode = "force"
nb_execution_raise_on_error = True
"""
CELLS = [
    ("from IPython.display import display\n\nfrom seqgraph import show", []),
    ("count = 3", ["plumbing"]),
    ("rise = count - 1", []),
    (
        f'data = {{"image/png": {DOT!r}, "text/plain": "<figure>"}}\n'
        'display(data, raw=True, metadata={"image/png": {"alt": f"a line that rises to {count}"}})',
        [],
    ),
    ("show.explore(lambda ax, v: ax.plot([0, v]), [1, 2], label='v', alt='a line from nought to v')", []),
]


def book(folder: Path) -> None:
    cells = [
        {"cell_type": "code", "id": f"cell-{number}", "metadata": {"tags": tags}, "source": code}
        | {"outputs": [], "execution_count": None}
        for number, (code, tags) in enumerate(CELLS)
    ]
    heading = {"cell_type": "markdown", "id": "heading", "metadata": {}, "source": "# A page"}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": [heading, *cells], "metadata": {"kernelspec": kernel}, "nbformat": 4}
    (folder / "index.ipynb").write_text(json.dumps(notebook | {"nbformat_minor": 5}), encoding="utf-8")
    (folder / "conf.py").write_text(CONF.format(extensions=str(EXTENSIONS)), encoding="utf-8")


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A notebook of five cells, executed and built as the book's pages are."""
    folder = tmp_path_factory.mktemp("book")
    book(folder)
    path = os.pathsep.join(filter(None, [str(ROOT / "lib"), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(folder), str(folder / "out")],
        env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return (folder / "out" / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_imports_and_plumbing_are_folded_and_the_rest_is_not(page):
    summaries = re.findall(r"<summary[^>]*>(.*?)</summary>", page, re.DOTALL)
    words = [set(re.sub("<[^>]*>", " ", summary).split()) for summary in summaries]
    assert words == [{"Imports"}, {"Set-up"}]
    open_code = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    assert "rise" in open_code
    assert "IPython.display" not in open_code


@pytest.mark.slow
def test_alt_text_from_the_running_code_reaches_the_page(page):
    (image,) = re.findall(r'<img[^>]*src="_images/[^>]*>', page)
    assert 'alt="a line that rises to 3"' in image


@pytest.mark.slow
def test_a_slider_leaves_its_first_picture_where_no_script_runs(page):
    (held,) = re.findall(r"<noscript>(.*?)</noscript>", page, re.DOTALL)
    assert 'alt="a line from nought to v; v = 1"' in held
    assert "data:image/webp;base64," in held


@pytest.mark.parametrize(
    ("code", "classes", "kind"),
    [
        ("import torch\n\nshow.use_style()", [], "Imports"),
        ("import torch\nx = torch.zeros(3)", [], None),
        ("show.use_style()", [], None),
        ("%pip install x\nimport torch", [], None),
        ("fig, ax = plt.subplots()\nax.plot(x)", [], "Plotting"),
        ("fig, ax = plt.subplots()\nshow.check('x', 1, below=2)", [], None),
        ("def learn(): pass", ["tag_plumbing"], "Set-up"),
        ("def learn(): pass", [], None),
    ],
)
def test_what_a_cell_is_folded_as(code, classes, kind):
    sys.path.append(str(EXTENSIONS))
    from fold_code import kind_of

    assert kind_of(code, classes) == kind
