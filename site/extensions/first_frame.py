"""Show the first picture of a slider where no JavaScript runs: on such a page the widget itself is nothing.

The picture and its alt text are read from the state that the page carries for its widgets.
"""

import json

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector

VIEW = "application/vnd.jupyter.widget-view+json"
NOTE = "This is the first picture of a slider, which needs JavaScript to move."


def first_picture(state: dict, model: str) -> str | None:
    """Return the HTML of the picture that a widget shows first, or None if it holds no stack of pictures."""
    name, values = state[model]["model_name"], state[model]["state"]
    children = [child.removeprefix("IPY_MODEL_") for child in values.get("children", [])]
    if name == "StackModel":
        return state[children[values.get("selected_index") or 0]]["state"]["value"]
    return next(filter(None, (first_picture(state, child) for child in children)), None)


def add_pictures(app, doctree):
    scripts = NbMetadataCollector.get_js_files(app.env, app.env.docname)
    if "ipywidgets_state" not in scripts:
        return
    state = json.loads(scripts["ipywidgets_state"][1]["body"])["state"]
    for output in doctree.findall(nodes.container):
        if output.get("mime_type") != VIEW:
            continue
        script = output.astext()
        model = json.loads(script[script.index("{") : script.rindex("}") + 1])["model_id"]
        if picture := first_picture(state, model):
            text = f'<noscript><div class="explore">{picture}<p>{NOTE}</p></div></noscript>'
            output.append(nodes.raw("", text, format="html"))


def setup(app):
    app.connect("doctree-read", add_pictures)
    return {"parallel_read_safe": True}
