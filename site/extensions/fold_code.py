"""Fold the code that is not the lesson: a reader wants the idea and the picture, and the rest one click away.

Three kinds of cells are folded, under a word that says what is inside: imports (nothing but imports and
`show.use_style()`), plotting (begins with `fig, ax = plt.subplots` and checks no statement), and what an
author tags `plumbing`. Readers of the notebook itself see everything.
"""

from docutils import nodes

from classroom import folding


def kind_of(code: str, classes: list[str]) -> str | None:
    """Return the word to fold a cell under, or None; myst-nb makes classes of the tags."""
    return folding.kind_of(code, {name.removeprefix("tag_") for name in classes})


def fold(app, doctree):
    for cell in doctree.findall(nodes.container):
        if cell.get("nb_element") != "cell_code" or cell.get("hide_mode"):
            continue
        code = next((block.astext() for block in cell.findall(nodes.literal_block)), "")
        if kind := kind_of(code, cell["classes"]):
            cell["hide_mode"], cell["prompt_show"], cell["prompt_hide"] = "input", kind, kind


def setup(app):
    app.connect("doctree-read", fold)
    return {"parallel_read_safe": True}
