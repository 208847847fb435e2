"""Fold the code of cells that only draw: a reader wants the picture, and the code one click away.

A cell counts as drawing if it begins with `fig, ax = plt.subplots` and checks no statement. Readers of the
notebook itself see everything.
"""

from docutils import nodes


def only_draws(cell: nodes.container) -> bool:
    code = next((block.astext() for block in cell.findall(nodes.literal_block)), "")
    return code.startswith("fig, ax = plt.subplots") and "show.check(" not in code


def fold(app, doctree):
    for cell in doctree.findall(nodes.container):
        if cell.get("nb_element") == "cell_code" and not cell.get("hide_mode") and only_draws(cell):
            cell["hide_mode"] = "input"
            cell["prompt_show"], cell["prompt_hide"] = "Show how it is drawn", "Hide how it is drawn"


def setup(app):
    app.connect("doctree-read", fold)
    return {"parallel_read_safe": True}
